import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/core/audit/verify.ts';
import { makeFolder, removeFolder } from '../fixtures/core-bench.ts';

const STRACE = '/usr/bin/strace';
const fixture = (name: string) => resolve(import.meta.dirname, '../fixtures', name);

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

describe.skipIf(!existsSync(STRACE))('what the kernel is asked for', () => {
  it('a page and its folder are synced before the row that names it, and that before the page is told the number', async () => {
    const trace = join(folder, 'trace');
    const calls = 'trace=fsync,rename,pwrite64,write';
    const child = spawn(
      STRACE,
      [
        '-f',
        '-y',
        '-qq',
        '-e',
        calls,
        '-o',
        trace,
        process.execPath,
        fixture('handing-in-child.ts'),
        folder,
        JSON.stringify({ url: 'http://127.0.0.1:9' }),
      ],
      // A group of its own: strace alone would leave behind what it traces.
      { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const text of child.stdout) if (String(text).includes('YS-')) break;
    const gone = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await gone;
    const lines = readFileSync(trace, 'utf8').split('\n');
    const first = (pattern: RegExp, after = 0) => lines.findIndex((line, at) => at > after && pattern.test(line));
    const fileSynced = first(/fsync\(\d+<[^>]*\/scans\/[0-9a-f]{32}\.partial>\)/);
    const named = first(/rename\("[^"]*\/scans\/[0-9a-f]{32}\.partial", "[^"]*\/scans\/[0-9a-f]{32}"\)/, fileSynced);
    const folderSynced = first(/fsync\(\d+<[^>]*\/scans>\)/, named);
    const rowWritten = first(/pwrite64\(\d+<[^>]*\/kiosk\.db-wal>/, fileSynced);
    const rowSynced = first(/fsync\(\d+<[^>]*\/kiosk\.db-wal>\)/, rowWritten);
    const told = first(/write\(1<[^>]*>, "YS-/);
    expect(fileSynced).toBeGreaterThan(0);
    const order = [fileSynced, named, folderSynced, rowWritten, rowSynced, told];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('a disk that fails to sync for a while: refused by name, told to staff, and nothing told is lost', async () => {
    // From the first page on: a first start takes 33.
    const inject = 'inject=fsync:error=EIO:when=34..41';
    const tracing = ['-f', '-qq', '-e', 'trace=fsync', '-e', inject, '-o', '/dev/null'];
    const traced = [process.execPath, fixture('stubborn-child.ts'), folder, '6'];
    const { stdout } = await promisify(execFile)(STRACE, [...tracing, ...traced]);
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('refused'))).not.toEqual([]);
    for (const line of lines.filter((text) => text.startsWith('refused'))) {
      expect(line).toMatch(/^refused input-output/);
    }
    expect(stdout).toContain('disk-failing');
    expect(lines.at(-1)).not.toContain('disk-failing');
    const told = lines.flatMap((line) => /^YS-\S+/.exec(line) ?? []);
    const store = new Sqlite(join(folder, 'data', 'kiosk.db'), { readonly: true });
    expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(store.prepare('SELECT provisional_number FROM case_record ORDER BY handed_in_at, id').pluck().all()).toEqual(
      told,
    );
    expect(verifyChain(store)).toMatchObject({ whole: true });
    store.close();
  });
});
