import { builtinModules } from 'node:module';
import { posix } from 'node:path';

import type { Import } from './imports.ts';

/** Where a module belongs. A driver is a room of its own, named like `drivers/sam-reader`. */
export type Room = string;

export type Module = { readonly path: string; readonly imports: readonly Import[] };
export type Breach = { readonly path: string; readonly line: number; readonly reason: string };

type Rule = {
  /** Rooms whose modules may be imported, besides the own one. */
  readonly rooms: readonly Room[];
  /** Whether it runs where Node's own modules exist. */
  readonly node: boolean;
};

/** Who may see whom. `resources` are the message catalogues and the other data of the package. */
const rules: Readonly<Record<Room, Rule>> = {
  domain: { rooms: ['resources'], node: false },
  contract: { rooms: ['domain'], node: false },
  core: { rooms: ['domain', 'contract', 'resources'], node: true },
  devices: { rooms: ['domain', 'contract'], node: true },
  drivers: { rooms: ['domain', 'driver contract'], node: true },
  main: { rooms: ['contract', 'resources'], node: true },
  preload: { rooms: ['contract'], node: false },
  renderer: { rooms: ['domain', 'contract', 'resources'], node: false },
  platform: { rooms: ['domain', 'contract', 'resources'], node: true },
};

/** Every room but the drivers', which are counted together. */
export const roomNames = Object.keys(rules);

/** What drivers may see of the device room: their contract, its small tools for all and for one class, and the words in which they describe themselves to the conformance suite. */
const driverContract: readonly string[] = [
  'src/devices/driver.ts',
  'src/devices/driver-tools.ts',
  'src/devices/code-reader-tools.ts',
  'src/devices/service-calls.ts',
  'src/devices/conformance/description.ts',
];
/** The one file that may see the drivers. */
const driverRegistry = 'src/devices/registry.ts';

/** Packages that belong to certain rooms. A name stands for the whole package and for everything whose name starts with it. */
const packageRooms: Readonly<Record<string, readonly Room[]>> = {
  electron: ['main', 'preload'],
  react: ['renderer'],
  'better-sqlite3': ['core', 'platform'],
  serialport: ['devices'],
  '@serialport': ['devices'],
  'node-hid': ['devices'],
  fastify: ['platform'],
  '@tus': ['platform'],
  pg: ['platform'],
};

const builtins = new Set(builtinModules);

/** The room of a path relative to the checkout; nothing for what the rules do not speak of (tests, scripts). */
export function roomOf(path: string): Room | undefined {
  const driver = /^drivers\/[^/]+(?=\/)/.exec(path)?.[0];
  if (driver !== undefined) return driver;
  if (path.startsWith('resources/')) return 'resources';
  const room = /^src\/([^/]+)\//.exec(path)?.[1];
  return room;
}

/** What is wrong with the imports of one module. */
export function checkModule(module: Module): Breach[] {
  const room = roomOf(module.path);
  const rule = room === undefined ? undefined : rules[room.startsWith('drivers/') ? 'drivers' : room];
  if (room === undefined || rule === undefined) {
    return [{ path: module.path, line: 1, reason: 'is in no room that the rules know' }];
  }
  const breaches: Breach[] = [];
  for (const used of module.imports) {
    const reason = reasonAgainst(module.path, room, rule, used);
    if (reason !== undefined) breaches.push({ path: module.path, line: used.line, reason });
  }
  return breaches;
}

function reasonAgainst(path: string, room: Room, rule: Rule, used: Import): string | undefined {
  if (used.computed) return `imports something whose name is not written down: ${used.name}`;
  const isTest = isTestFile(path);
  if (used.name.startsWith('.')) {
    const target = posix.join(posix.dirname(path), used.name);
    return mayReach(path, room, rule, target, isTest) ? undefined : `${room} may not import ${target}`;
  }
  if (used.name.startsWith('/')) return `imports by an absolute path: ${used.name}`;
  if (used.name.startsWith('node:') || builtins.has(used.name)) {
    if (!used.name.startsWith('node:')) return `writes ${used.name} without node:`;
    return rule.node || isTest ? undefined : `${room} may not import ${used.name}, it also runs where there is no Node`;
  }
  const owners = Object.entries(packageRooms).find(([name]) => isPackage(name, used.name))?.[1];
  if (owners === undefined || owners.includes(room)) return undefined;
  return `${room} may not import ${used.name}, only ${owners.join(' and ')} may`;
}

function isPackage(name: string, used: string): boolean {
  return used === name || used.startsWith(`${name}/`) || used.startsWith(`${name}-`);
}

function mayReach(path: string, room: Room, rule: Rule, target: string, isTest: boolean): boolean {
  const targetRoom = roomOf(target);
  // A test beside its subject may use the shared fixtures; whoever needs more goes to test/.
  if (targetRoom === undefined) return isTest && target.startsWith('test/fixtures/');
  if (targetRoom === room || rule.rooms.includes(targetRoom)) return true;
  if (driverContract.includes(target)) return rule.rooms.includes('driver contract');
  // A driver's tests run it over the device room's own links.
  if (isTest && room.startsWith('drivers/') && (targetRoom === 'devices' || targetRoom === 'contract')) return true;
  return targetRoom.startsWith('drivers/') && path === driverRegistry;
}

function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
