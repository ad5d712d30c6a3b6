import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it('keeps a key file that is there already, and says how it is used', async () => {
    writeFileSync(at('there.pem'), 'older');
    expect((await config('key', at('there.pem'))).code).toBe(1);
    expect(readFileSync(at('there.pem'), 'utf8')).toBe('older');
    for (const args of [[], ['sign', at('there.pem')], ['check', at('there.pem')]])
      expect(await config(...args)).toMatchObject({ code: 2, error: expect.stringMatching(/^Usage/) });
  });
});
