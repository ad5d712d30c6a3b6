import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { Problem } from './problem.ts';

/** Who Electron runs as: whoever started us, or, when that is root, whose sandbox Chromium refuses, an ordinary user. */
export type User =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'other';
      readonly uid: number;
      readonly gid: number;
      readonly name: string;
      readonly home: string;
    };

const otherHome = '/var/lib/hall-kiosk';
const otherName = 'nobody';

/** Variables that speak of root's own session or of root's own folders. */
const personal =
  /^(HOME|USER|LOGNAME|MAIL|SHELL|TMPDIR|TMP|TEMP|XAUTHORITY|XDG_\w+|DBUS_\w+|WAYLAND_\w+|SUDO_\w+|SSH_\w+|npm_\w+)$/;

export function chooseUser(): User {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { kind: 'same' };
  const ids = findUser(readFileSync('/etc/passwd', 'utf8'), otherName);
  if (ids === undefined)
    throw new Problem(`Electron does not run as root, and there is no user "${otherName}". Use an ordinary account.`);
  return { kind: 'other', ...ids, name: otherName, home: otherHome };
}

/** The ids of a name in the text of /etc/passwd (passwd(5)). */
export function findUser(passwd: string, name: string): { uid: number; gid: number } | undefined {
  for (const line of passwd.split('\n')) {
    const [account, , uid, gid] = line.split(':');
    if (account === name && uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** The command that runs another one as the user, without any of root's powers. */
export function asUser(
  user: User,
  command: string,
  args: readonly string[],
  options: { readonly dieWithParent?: boolean } = {},
): { command: string; args: string[] } {
  const death = options.dieWithParent === true ? ['--pdeathsig', 'TERM'] : [];
  if (user.kind === 'same') {
    if (death.length === 0) return { command, args: [...args] };
    return { command: 'setpriv', args: [...death, '--', command, ...args] };
  }
  const drop = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups', '--inh-caps=-all'];
  return { command: 'setpriv', args: [...drop, ...death, '--', command, ...args] };
}

/** Makes the user's own folders, and the environment in which programs find them. */
export function userEnvironment(user: User): NodeJS.ProcessEnv {
  if (user.kind === 'same') return { ...process.env };
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) if (!personal.test(name)) env[name] = value;
  const own = (name: string): string => ownedFolder(join(user.home, name), user);
  ownedFolder(user.home, user);
  env['HOME'] = own('home');
  env['TMPDIR'] = own('tmp');
  env['XDG_RUNTIME_DIR'] = own('run');
  env['USER'] = env['LOGNAME'] = user.name;
  const cookies = process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (existsSync(cookies)) {
    const copy = join(env['HOME'], '.Xauthority');
    copyFileSync(cookies, copy);
    chownSync(copy, user.uid, user.gid);
    chmodSync(copy, 0o600);
    env['XAUTHORITY'] = copy;
  }
  return env;
}

function ownedFolder(path: string, user: { readonly uid: number; readonly gid: number }): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!lstatSync(path).isDirectory()) throw new Problem(`${path} is no folder; remove it.`);
  chownSync(path, user.uid, user.gid);
  return path;
}

/**
 * Chromium isolates its pages by user namespaces, or else by a helper program that belongs to root.
 *
 * @throws {Problem} when neither is there
 */
export function checkSandbox(user: User, executable: string): void {
  if (process.platform !== 'linux') return;
  const { command, args } = asUser(user, 'unshare', ['--user', '--map-root-user', 'true']);
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const about = existsSync(helper) ? lstatSync(helper) : undefined;
  if (about !== undefined && about.uid === 0 && (about.mode & 0o4000) !== 0) return;
  throw new Problem(
    `Chromium's sandbox cannot work here: this system gives ordinary users no user namespaces. Either allow them, or give the sandbox's helper to root:\n` +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}
