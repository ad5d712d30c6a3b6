// The world that Electron runs in during development and tests: an ordinary user, a display, Chromium's sandbox on.

import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Runtime } from './runtime/index.ts';
import { findRuntime } from './runtime/index.ts';
import { openDisplay } from './world/display.ts';
import { openOutputs } from './world/outputs.ts';
import { Problem } from './world/problem.ts';
import { viewPrefix } from './world/reach.ts';
import { asUser, checkSandbox, chooseUser, userEnvironment } from './world/user.ts';

export type WorldOptions = {
  /** Whether a virtual display will do when there is no real one. */
  readonly headless: boolean;
  /** Folders that the user must be able to write to; they are made when missing. Relative ones count from the checkout. */
  readonly outputs: readonly string[];
};

/** What a script that already runs inside the world needs to start Electron. */
export type World = {
  readonly runtime: Runtime;
  /** Goes before the application's path on Electron's command line. */
  readonly electronArgs: readonly string[];
  /** The whole environment for Electron. */
  readonly env: Readonly<Record<string, string>>;
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Set inside the world; holds Electron's extra arguments as JSON. */
const marker = 'KIOSK_WORLD';

/**
 * Makes sure that the running script is inside the world. Outside, it starts the same script again inside, waits, and
 * ends the process with the script's exit code; problems are told to the person. So a script calls this first and does
 * everything else after it.
 */
export async function enterWorld(options: WorldOptions): Promise<World> {
  if (process.env[marker] === undefined) {
    process.exit(await runInWorld(process.execPath, process.argv.slice(1), options));
  }
  return currentWorld();
}

/** The world that this process was started in. */
export async function currentWorld(): Promise<World> {
  const told = process.env[marker];
  if (told === undefined)
    throw new Problem('Electron is started by npm start, npm run tour, npm test and npm run bench only.');
  const electronArgs: string[] = JSON.parse(told);
  const runtime = await findRuntime();
  const env: Record<string, string> = { ...runtime.env };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return { runtime, electronArgs, env };
}

/**
 * Runs a command inside the world and waits for it.
 *
 * @returns its exit code; 1 when the world could not be made, which is then told on stderr
 */
export async function runInWorld(command: string, args: readonly string[], options: WorldOptions): Promise<number> {
  try {
    return await run(command, args, options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function run(command: string, args: readonly string[], options: WorldOptions): Promise<number> {
  const outputs = options.outputs.map((folder) => resolve(root, folder));
  const user = chooseUser();
  const runtime = await findRuntime();
  checkSandbox(user, runtime.executable);
  const display = await openDisplay(options.headless, user);
  try {
    const closeOutputs = openOutputs(root, outputs, user);
    try {
      const readable = [dirname(runtime.executable), ...Object.values(runtime.env)];
      const prefix = user.kind === 'other' ? viewPrefix(root, readable, outputs) : [];
      const dropped = asUser(user, command, args, { dieWithParent: process.platform === 'linux' });
      const [first, ...rest] = [...prefix, dropped.command, ...dropped.args];
      const env = { ...userEnvironment(user), ...display.env, [marker]: JSON.stringify(display.electronArgs) };
      return await waitFor(first ?? command, rest, env);
    } finally {
      closeOutputs();
    }
  } finally {
    display.close();
  }
}

function waitFor(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, env });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, forward);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
