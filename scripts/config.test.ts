import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
async function config(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const script = join(import.meta.dirname, 'config.ts');
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args]);
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), out: String(error.stdout), error: String(error.stderr) };
  }
}
const write = (name: string, value: unknown) => writeFileSync(at(name), JSON.stringify(value));

const own = {
  kioskId: 'WL01',
  hall: { code: '990101', name: '望岭县政务服务中心', hours: '9:00-17:00', phone: '0990-12345' },
  platform: { url: 'http://127.0.0.1:9' },
  catalogue: 'catalogue',
  devices: [],
};
const statement = {
  format: 1,
  kioskId: 'WL01',
  version: 7,
  effectiveAt: '2026-12-01T00:00:00+08:00',
  config: { legalClock: 'handed-in' },
};

/** Each command is a process of its own. */
describe('npm run config', { timeout: 60_000 }, () => {
  it('[M-11] makes a key, signs with it, and checks as the kiosk does: what was changed or is bad is refused', async () => {
    const key = await config('key', at('signing.pem'));
    const configurationKey = /"configurationKey": "([^"]+)"/.exec(key.out)?.[1];
    expect(configurationKey).toMatch(/^MCowBQYDK2VwAyEA/);
    write('kiosk.json', { ...own, configurationKey });
    write('statement.json', statement);
    const { code, out } = await config('sign', at('statement.json'), '--key', at('signing.pem'));
    expect(code).toBe(0);
    writeFileSync(at('signed.json'), out);
    const check = (name = 'signed.json') => config('check', at(name), '--kiosk', at('kiosk.json'));
    expect(await check()).toMatchObject({
      code: 0,
      out: 'good: version 7 for WL01, in force from 2026-12-01T00:00:00+08:00, sets legalClock\n',
    });
    // Spaces and the order of keys are not what is signed.
    write('reordered.json', Object.fromEntries(Object.entries(JSON.parse(out)).toReversed()));
    expect((await check('reordered.json')).code).toBe(0);

    writeFileSync(at('changed.json'), out.replace('handed-in', 'received'));
    expect(await check('changed.json')).toMatchObject({ code: 1, error: 'signature-wrong\n' });
    write('kiosk.json', { ...own, configurationKey, kioskId: 'WL02' });
    expect(await check()).toMatchObject({ code: 1, error: 'other-kiosk: WL01\n' });
    write('kiosk.json', own);
    expect(await check()).toMatchObject({ code: 1, error: 'no-key\n' });
    write('bad.json', { ...statement, config: { legalClock: 'never' } });
    expect(await config('sign', at('bad.json'), '--key', at('signing.pem'))).toMatchObject({ code: 1, out: '' });
  });

  it('[M-27] lists every region, office and window that is not as in the platform’s tree, and lets none pass', async () => {
    const office = { creditCode: '11990101MB00000193', name: '安澜县民政局' };
    const [three, four] = ['3', '4'].map((number) => ({ number, name: `综合受理 ${number}` }));
    const county = { code: '990101', name: '安澜县', level: '4', parent: '990100' };
    const town = { code: '990101001000', name: '城关镇', level: '5', parent: '990101', offices: [] };
    const there = [{ ...county, offices: [{ ...office, windows: [three, four] }] }, town];
    mkdirSync(at('catalogue/lists'), { recursive: true });
    const keep = (tree: readonly object[]) => write('catalogue/lists/regions.json', tree);
    write('tree.json', there);
    keep(there);
    write('kiosk.json', {
      ...own,
      queues: [{ prefix: 'A', name: '民政', windows: '3', items: [`${office.creditCode}4990500001000`] }],
    });
    const check = () => config('check', '--kiosk', at('kiosk.json'), '--tree', at('tree.json'));
    expect(await check()).toEqual({ code: 0, out: 'good: 2 regions, 1 offices and 2 windows agree\n', error: '' });

    keep([
      {
        ...county,
        name: '安阑县',
        offices: [{ ...office, name: '民政局', windows: [three, { number: '5', name: '低保' }] }],
      },
    ]);
    write('kiosk.json', {
      ...own,
      queues: [{ prefix: 'A', name: '公安', windows: '8', items: ['11990101MB0000043K4990100009000'] }],
    });
    const { code, out, error } = await check();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error.trimEnd().split('\n')).toEqual([
      'not to go live, 6 mismatches: ',
      'queues/A/11990101MB0000043K4990100009000: unknown there, here "11990101MB0000043K"',
      '990101: differs, here "安阑县, level 4, below 990100", there "安澜县, level 4, below 990100"',
      '990101/11990101MB00000193: differs, here "民政局", there "安澜县民政局"',
      '990101/11990101MB00000193/window 5: unknown there, here "低保"',
      '990101/11990101MB00000193/window 4: missing here, there "综合受理 4"',
      '990101001000: missing here, there "城关镇, level 5, below 990101"',
    ]);

    keep(there);
    write('kiosk.json', { ...own, hall: { ...own.hall, code: '990109' } });
    expect(await check()).toMatchObject({
      code: 1,
      error: expect.stringContaining('hall.code: unknown there, here "990109"'),
    });
    write('tree.json', [{ ...county, level: '9' }]);
    expect(await check()).toMatchObject({ code: 1, error: expect.stringMatching(/^not a tree: /) });
    write('kiosk.json', { ...own, catalogue: 'nowhere' });
    expect(await check()).toMatchObject({ code: 1, error: expect.stringMatching(/^failed: ENOENT/) });
  });

  it('keeps a key file that is there already, and says how it is used', async () => {
    writeFileSync(at('there.pem'), 'older');
    expect((await config('key', at('there.pem'))).code).toBe(1);
    expect(readFileSync(at('there.pem'), 'utf8')).toBe('older');
    for (const args of [[], ['sign', at('there.pem')], ['check', at('there.pem')]])
      expect(await config(...args)).toMatchObject({ code: 2, error: expect.stringMatching(/^Usage/) });
  });
});
