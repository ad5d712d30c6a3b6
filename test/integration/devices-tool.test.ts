import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drivers } from '../../src/devices/registry.ts';
import people from '../../drivers/sam-reader/people.json' with { type: 'json' };

const script = join(import.meta.dirname, '../../scripts/devices.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'devices-tool-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function tool(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr };
}

describe('the bench tool, as a process', () => {
  test('the self-test says pass or FAIL step by step, and a planted fault is its exit code', () => {
    const well = tool('--sim', 'test');
    expect(well.status).toBe(0);
    expect(well.lines).toContain('escpos-printer    pass  test-page');
    expect(well.lines).toContain('sam-reader  PASSED');
    expect(well.lines).toContain('table-pad    skip  answer (cannot-be-asked)');
    const report = join(folder, 'ready.txt');
    const broken = tool('--sim', '--act', 'escpos-printer={"paper":"out"}', '--report', report, 'test');
    expect(broken.status).toBe(1);
    expect(broken.lines).toContain('escpos-printer    FAIL  answer (paper-out)');
    expect(broken.lines).toContain('escpos-printer  FAILED (paper-out)');
    expect(broken.lines).toContain('table-pad  PASSED');
    expect(readFileSync(report, 'utf8')).toContain('凭条打印机 escpos-printer (escpos-printer): 故障');
  });

  test('lists devices and fails when one cannot be used', () => {
    expect(tool('--sim', 'list')).toMatchObject({ status: 0 });
    const { status, lines } = tool('--sim', '--act', 'sam-reader={"fault":"silent"}', 'list');
    expect(status).toBe(1);
    expect(lines.find((line) => line.startsWith('sam-reader'))).toMatch(/faulty \(no-answer\)/);
  });

  test('watches every device until it is told to stop, and says each change with its time', async () => {
    const silent = ['--act', 'sam-reader={"fault":"silent"}'];
    const child = spawn(process.execPath, [script, '--sim', ...silent, 'watch'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    const changes: string[] = [];
    const settled = (): boolean =>
      drivers.every(({ name }) => changes.some((line) => new RegExp(`${name}  (?:ready|faulty)`, 'u').test(line)));
    for await (const line of createInterface({ input: child.stdout })) {
      changes.push(line);
      if (settled()) child.kill('SIGINT');
    }
    expect(await ended).toEqual([0, null]);
    const ofReader = changes.filter((line) => line.includes('sam-reader'));
    // Its line may be open before anybody watches.
    expect(ofReader.map((line) => line.slice(line.indexOf('sam-reader'))).slice(-2)).toEqual([
      'sam-reader  sam-reader  probing',
      'sam-reader  sam-reader  faulty (no-answer)',
    ]);
    for (const line of changes) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z  /u);
  });

  test('prints a text and a document, and refuses what is none', () => {
    const [text, document, wrong] = [join(folder, 'a.txt'), join(folder, 'b.json'), join(folder, 'c.json')];
    writeFileSync(text, '你好\n');
    writeFileSync(document, JSON.stringify([{ kind: 'rule' }, { kind: 'cut' }]));
    writeFileSync(wrong, JSON.stringify([{ kind: 'explode' }]));
    expect(tool('--sim', 'print', text)).toMatchObject({ status: 0, lines: ['printed'] });
    expect(tool('--sim', 'print', document)).toMatchObject({ status: 0, lines: ['printed'] });
    expect(tool('--sim', 'print', wrong)).toMatchObject({ status: 2, lines: [] });
  });

  test('says what it can do when asked wrongly', () => {
    expect(tool('list')).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run devices') });
    expect(tool('--sim', 'test', 'toaster')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('sam-reader'),
    });
  });
});

describe('recorded traffic', () => {
  test.each(['li', 'wang-expired'] as const)(
    '[M-17] a recorded reading of %s knows nothing of that person, and replayed it is told in the same words',
    (name) => {
      const trace = join(folder, 'trace.jsonl');
      expect(tool('--sim', '--act', `sam-reader={"card":"${name}"}`, 'record', 'sam-reader', trace)).toMatchObject({
        status: 0,
        lines: ['waiting', 'reading', 'read'],
      });
      const written = readFileSync(trace, 'utf8');
      const received = Buffer.from(
        written
          .split('\n')
          .filter((line) => line.includes('"to":"host"'))
          .map((line): string => JSON.parse(line).hex)
          .join(''),
        'hex',
      );
      const person = people[name];
      for (const secret of [person.name, person.idNumber, person.address, person.issuer]) {
        expect(received.includes(Buffer.from(secret, 'utf16le'))).toBe(false);
      }
      expect(received.includes(Buffer.from(people.zhang.idNumber, 'utf16le'))).toBe(true);
      expect(tool('replay', trace)).toMatchObject({ status: 0, lines: ['waiting', 'reading', 'read'] });
    },
  );

  test('a failed reading is replayed as the same failure', () => {
    const trace = join(folder, 'trace.jsonl');
    const acts = ['--act', 'sam-reader={"card":"li","fault":"removed-while-reading"}'];
    const recorded = tool('--sim', ...acts, 'record', 'sam-reader', trace);
    expect(recorded.lines).toEqual(['waiting', 'reading', 'failed card-removed']);
    expect(tool('replay', trace)).toMatchObject({ status: 0, lines: recorded.lines });
  });

  test('a recording that was changed is told as one that goes otherwise', () => {
    const trace = join(folder, 'trace.jsonl');
    tool('--sim', '--act', 'sam-reader={"card":"li"}', 'record', 'sam-reader', trace);
    const lines = readFileSync(trace, 'utf8').split('\n');
    // A piece of what the card says: everything else is short.
    const longest = lines.filter((line) => line.includes('"to":"host"')).toSorted((a, b) => b.length - a.length)[0];
    writeFileSync(trace, lines.filter((line) => line !== longest).join('\n'));
    expect(tool('replay', trace).status).toBe(1);
  });

  test('a model without a rule for personal data is not recorded', () => {
    const trace = join(folder, 'trace.jsonl');
    expect(tool('--sim', 'record', 'escpos-printer', trace)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('personal data'),
    });
  });
});
