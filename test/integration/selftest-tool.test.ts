import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allDevices } from '../../scripts/hall/hall-devices.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { selfTestReport } from '../../src/contract/self-test.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

let folder: string;
let platform: Platform;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'selftest-tool-'));
  platform = await createPlatform({ clock: systemClock, log: () => undefined });
});
afterEach(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run selftest -- …`, to its end. */
async function tool(...args: readonly string[]) {
  const command = [join(root, 'scripts/run.mjs'), 'selftest', ...args];
  const ended: Ended = await run(process.execPath, command).then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
  return { code: ended.code, lines: ended.stdout.split('\n'), stderr: ended.stderr };
}
const simulated = (...faults: readonly string[]) =>
  tool('--sim', '--platform', platform.url, '--data', folder, ...faults.flatMap((fault) => ['--fault', fault]));

function stored() {
  const store = new Sqlite(join(folder, 'kiosk.db'), { readonly: true });
  try {
    return {
      rows: store.prepare('SELECT id, cause, verdict, report FROM self_test ORDER BY id').all() as {
        readonly id: string;
        readonly cause: string;
        readonly verdict: string;
        readonly report: string;
      }[],
      states: store.prepare('SELECT state FROM kiosk_outbox ORDER BY id').pluck().all(),
    };
  } finally {
    store.close();
  }
}
const sent = async () => (await platform.received()).selfTests.map(({ receivedAt: _receivedAt, ...report }) => report);
const closed = () => {
  const records: Readonly<Record<string, { readonly closed?: unknown }>> = JSON.parse(
    readFileSync(join(folder, 'devices.json'), 'utf8'),
  );
  return Object.fromEntries(
    Object.entries(records).flatMap(([id, record]) => (record.closed ? [[id, record.closed]] : [])),
  );
};

const kinds: readonly string[] = allDevices;
const parts = ['network', 'clock', 'disk', 'store'];

describe('the self-test of a whole kiosk, as a command', () => {
  test('[H-05] prints what passed, fails on planted faults and closes what failed, keeps each result and sends it', async () => {
    const well = await simulated();
    expect([well.code, well.stderr]).toEqual([0, '']);
    for (const one of [...kinds, ...parts]) expect(well.lines).toContain(`${one}  PASSED`);
    // Nobody was there to hear it: not a failure, and not passed either.
    expect(well.lines).toContain('speaker  INCOMPLETE (needs-an-ear)');
    expect(well.lines).toContain('printer    pass  test-page');
    expect(well.lines).toContain('pad    skip  answer (cannot-be-asked)');
    expect(well.lines).toContain('kiosk  INCOMPLETE, kept, sent');
    const first = stored();
    expect(first).toMatchObject({ rows: [{ cause: 'staff', verdict: 'incomplete' }], states: ['done'] });
    const report = selfTestReport.parse(JSON.parse(first.rows[0]?.report ?? ''));
    expect(report.devices.map(({ device }) => device)).toEqual(kinds);
    expect(report.machine.map(({ part }) => part)).toEqual([...parts, 'speaker']);
    expect(await sent()).toEqual([report]);
    expect(closed()).toEqual({});

    const broken = await simulated('printer=paper-out', 'reader=silent', 'clock=off', 'speaker=absent');
    expect(broken.code).toBe(1);
    expect(broken.lines).toContain('printer    FAIL  answer (paper-out)');
    expect(broken.lines).toContain('printer  FAILED (paper-out)');
    expect(broken.lines).toContain('reader  FAILED (no-answer)');
    expect(broken.lines).toContain('clock    FAIL  drift +600 s (clock-off)');
    expect(broken.lines).toContain('speaker  FAILED (no-output)');
    expect(broken.lines).toContain('pad  PASSED');
    expect(closed()).toEqual({
      printer: { by: 'self-test', reason: 'paper-out' },
      reader: { by: 'self-test', reason: 'no-answer' },
    });
    expect(stored().rows.map(({ verdict }) => verdict)).toEqual(['incomplete', 'failed']);
    expect(await sent()).toEqual(stored().rows.map((row) => JSON.parse(row.report) as unknown));

    expect(await simulated()).toMatchObject({ code: 0 });
    expect(closed()).toEqual({});
    expect(await sent()).toHaveLength(3);
  });

  test('without the platform the result waits, and goes with the next one', async () => {
    const alone = await simulated('network=down');
    expect(alone.code).toBe(1);
    expect(alone.lines).toContain('network  FAILED (no-answer)');
    expect(alone.lines).toContain('clock  INCOMPLETE (no-answer)');
    expect(alone.lines.at(-2)).toBe('kiosk  FAILED, kept, 1 not sent yet');
    expect([stored().states, await sent()]).toEqual([['waiting'], []]);
    expect((await simulated()).lines.at(-2)).toBe('kiosk  INCOMPLETE, kept, sent');
    expect(stored().states).toEqual(['done', 'done']);
    expect((await sent()).map(({ verdict }) => verdict)).toEqual(['failed', 'incomplete']);
  });

  test('a script lets a line go wrong, and what cannot be tried is said', async () => {
    const script = join(root, 'test/fixtures/fault-scripts/silent-reader.json');
    const args = ['--sim', '--platform', platform.url, '--data', folder];
    const { code, lines } = await tool(...args, '--script', script);
    expect([code, lines.filter((line) => line.includes('FAILED'))]).toEqual([
      1,
      ['reader  FAILED (no-answer)', 'kiosk  FAILED, kept, sent'],
    ]);
    expect(await tool()).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run selftest') });
    const unknown = await tool(...args, '--fault', 'toaster=burnt');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('reader, printer, pad') });
  });
});
