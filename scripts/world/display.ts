import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';

import { Problem } from './problem.ts';
import type { User } from './user.ts';
import { asUser } from './user.ts';

export type Display = {
  /** What the programs that draw need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What Electron needs on its command line to draw there. */
  readonly electronArgs: readonly string[];
  readonly close: () => void;
};

/** Large enough for the kiosk's window upright (1080 x 1920) and lying (1920 x 1080). */
const virtualScreen = '1920x1920x24';
const socketFolder = '/tmp/.X11-unix';
const noClose = (): void => undefined;

/**
 * The display to draw on: the person's own, or for headless commands a virtual one when there is none.
 *
 * @throws {Problem} when there is none
 */
export async function openDisplay(headless: boolean, user: User): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, electronArgs: [], close: noClose };
  const own = process.env['DISPLAY'] ?? '';
  if (own !== '' && (await answers(own))) return { env: { DISPLAY: own }, electronArgs: [], close: noClose };
  // A Wayland socket belongs to one person; another user, whom root becomes, cannot use it.
  const wayland = process.env['WAYLAND_DISPLAY'] ?? '';
  if (wayland !== '' && user.kind === 'same') {
    return { env: { WAYLAND_DISPLAY: wayland }, electronArgs: ['--ozone-platform-hint=auto'], close: noClose };
  }
  if (headless) return openVirtualDisplay(user);
  const cause = own === '' ? 'There is no display here (DISPLAY is not set)' : `The display ${own} does not answer`;
  throw new Problem(
    `${cause}, so no window can be opened.\nThe same visit without a person, with screenshots, needs none: npm run tour`,
  );
}

/** Whether an X server listens on a local display; other displays are taken at their word. */
function answers(display: string): Promise<boolean> {
  const number = /^(?:unix)?:(\d+)/.exec(display)?.[1];
  if (number === undefined) return Promise.resolve(true);
  const path = `${socketFolder}/X${number}`;
  return listens(path).then((found) => found || listens(`\0${path}`));
}

function listens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** As systemd makes it. The mode of `mkdir` is less what the umask takes away. */
function openToAll(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o1777);
}

/** Starts Xvfb on a free display number, which it chooses and tells by itself. */
async function openVirtualDisplay(user: User): Promise<Display> {
  if (!existsSync('/usr/bin/Xvfb')) {
    throw new Problem('There is no display, and no Xvfb to make one. Install it with: sudo apt-get install -y xvfb');
  }
  // Without root Xvfb makes this folder itself, but then nobody else can use it.
  if (process.getuid?.() === 0) openToAll(socketFolder);
  const args = ['-displayfd', '3', '-screen', '0', virtualScreen, '-nolisten', 'tcp', '-noreset'];
  // It must not outlive us, and must outlive a Ctrl-C that the terminal sends to all of us: Electron has to close first.
  const { command, args: wrapped } = asUser(user, '/usr/bin/Xvfb', args, { dieWithParent: true });
  const server = spawn(command, wrapped, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  let errors = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const number = await new Promise<string>((resolve, reject) => {
    let told = '';
    const channel = server.stdio[3] as Readable;
    channel.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.endsWith('\n')) resolve(told.trim());
    });
    server.on('error', reject);
    server.on('exit', () => reject(new Problem(`Xvfb ended: ${errors.trim().split('\n').at(-1) ?? ''}`)));
  });
  server.unref();
  return { env: { DISPLAY: `:${number}` }, electronArgs: ['--disable-gpu'], close: () => void server.kill() };
}
