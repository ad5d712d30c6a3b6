import { spawn } from 'node:child_process';

export type CommandOutcome =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Runs a command to its end and keeps what it prints. The reason of a failure is one line: the last thing it said, or how
 * it ended.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly limitMs: number; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.limitMs,
      killSignal: 'SIGKILL',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? process.env,
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (error) => resolve({ ok: false, reason: error.message }));
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ ok: true, output });
      else if (signal === 'SIGKILL') resolve({ ok: false, reason: `gave up after ${options.limitMs / 1000} s` });
      else resolve({ ok: false, reason: lastLine(errors) ?? lastLine(output) ?? `ended with ${signal ?? code}` });
    });
  });
}

function lastLine(text: string): string | undefined {
  return text
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim() !== '' && !/^\s+at /.test(line))
    ?.trim();
}
