import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src/core/store/open-store.ts';
import { noStrace } from '../hall/strace.ts';
import { tracerFor } from './kill-point.ts';

const openStoreFile = resolve(import.meta.dirname, '../../../src/core/store/open-store.ts');
/** Of each call, more than a first start makes of it. */
const calls = { fsync: 12, pwrite64: 60, rename: 3 };
/** Kills of one call are this far apart. */
const STRIDE: Readonly<Record<string, number>> = { fsync: 1, pwrite64: 7, rename: 1 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const points = Object.entries(calls).flatMap(([call, most]) =>
  Array.from({ length: Math.ceil(most / (STRIDE[call] ?? 1)) }, (_, at) => ({
    call,
    nth: 1 + at * (STRIDE[call] ?? 1),
  })),
);

it.skipIf(noStrace !== undefined).each(points)(
  'a first start that is killed at $call $nth leaves no store or a whole one, and nothing to set aside',
  async ({ call, nth }) => {
    const path = join(folder, 'kiosk.db');
    const code = `import { openStore } from ${JSON.stringify(openStoreFile)};
      openStore({ path: ${JSON.stringify(path)}, now: () => new Date() });`;
    const [program = '', ...args] = tracerFor({ at: 'call', call, nth });
    const first = spawn(program, [...args, process.execPath, '--input-type=module', '-e', code], { stdio: 'ignore' });
    await once(first, 'close');
    const opened = openStore({ path, now: () => new Date() });
    if (!opened.ok) throw new Error(`${opened.reason} ${opened.detail}`);
    opened.value.database.close();
    expect(opened.value.setAside).toBeUndefined();
  },
);
