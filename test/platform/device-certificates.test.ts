import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Authority, createAuthority, type Issued, readIssued } from '../../scripts/hall/authority.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { issuedToken, UPLOAD_PATH } from '../../src/contract/platform-api.ts';
import { caseExample, enquiryExample, pageExample } from '../../src/contract/platform-examples.ts';
import { configReportExample } from '../../src/contract/signed-config.ts';
import { createHttpFetch } from '../../src/core/sync/http-fetch.ts';
import type { PlatformFetch } from '../../src/core/sync/platform-fetch.ts';
import { createPlatformClient } from '../../src/core/sync/platform-client.ts';
import { createTokenFetch } from '../../src/core/sync/token-fetch.ts';
import { TOKEN_LIFETIME_MS } from '../../src/platform/limits.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { startCore } from '../fixtures/core-bench.ts';
import { exampleImage } from '../fixtures/upload-scan.ts';

const KIOSK = caseExample.kioskId;
const caseKey = '019ab4c0-5a00-7000-8000-0000000000a1';
const announcement = {
  announcement: caseKey,
  title: '周六不开放',
  text: '请改日来',
  from: '2026-11-01T00:00:00+08:00',
  until: '2026-12-01T00:00:00+08:00',
  review: { number: '安保审〔2026〕90号', office: '安澜县政务服务管理局', reviewedOn: '2026-11-20', verdict: 'open' },
};
const noAnswer = { kind: 'retry', reason: 'no-answer' };

let folder: string;
let fleet: Authority;
let stranger: Authority;
let server: Issued;
let kiosk: Issued;
let other: Issued;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platform-tls-'));
  fleet = await createAuthority(join(folder, 'fleet'));
  stranger = await createAuthority(join(folder, 'stranger'));
  server = await fleet.issueServer(['127.0.0.1']);
  kiosk = await fleet.issueDevice(KIOSK);
  other = await fleet.issueDevice('KSK2');
});
afterAll(() => rm(folder, { recursive: true }));

let platform: Platform;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00Z');
  platform = await start(fleet, server);
  await platform.devices.enrol(KIOSK, await readFile(kiosk.certificate, 'utf8'));
});
afterEach(() => platform.close());

async function start(devices: Authority, own: Issued, dataDir?: string): Promise<Platform> {
  const deviceAuthority = await readFile(devices.certificate, 'utf8');
  const tls = { ...(await readIssued(own)), deviceAuthority };
  return createPlatform({ clock: { now: () => now }, log: () => undefined, tls, ...(dataDir && { dataDir }) });
}
async function deviceFetch(issued: Issued): Promise<PlatformFetch> {
  return createHttpFetch({ ...(await readIssued(issued)), authority: await readFile(fleet.certificate, 'utf8') });
}
async function clientOf(issued: Issued, kioskId = KIOSK) {
  const { url } = platform;
  const fetch = createTokenFetch({ url, kioskId, fetch: await deviceFetch(issued) });
  return createPlatformClient({ url, fetch, clock: systemClock, limitsMs: { write: 60_000, ask: 60_000 } });
}
async function tokenOf(fetch: PlatformFetch, kioskId: string): Promise<string> {
  const answer = await fetch(`${platform.url}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kioskId }),
  });
  return issuedToken.parse(JSON.parse(await answer.text())).token;
}

/** Every byte that the platform says after the greeting of TLS, until it ends the connection. */
async function said(issued: Issued | undefined): Promise<string> {
  const own = issued && (await readIssued(issued));
  const ca = await readFile(fleet.certificate, 'utf8');
  const socket = connect({
    host: '127.0.0.1',
    port: Number(new URL(platform.url).port),
    ca,
    ...(own && { cert: own.certificate, key: own.key }),
  });
  const bytes: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => bytes.push(chunk));
  const ended = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.write('GET /health HTTP/1.1\r\nhost: platform\r\nconnection: close\r\n\r\n');
  await ended;
  return Buffer.concat(bytes).toString();
}

describe('a kiosk that the platform knows', () => {
  it('hands in by its certificate and a token', async () => {
    const client = await clientOf(kiosk);
    expect(await client.health()).toMatchObject({ kind: 'done' });
    expect(await client.submitCase(caseKey, caseExample)).toMatchObject({ kind: 'done' });
    expect((await platform.received()).cases).toHaveLength(1);
    const page = { page: pageExample, image: exampleImage, begunAt: undefined, onBegun: () => undefined };
    expect(await client.uploadPage(page)).toEqual({ kind: 'done', value: null });
    expect((await platform.received()).scans).toHaveLength(1);
  });

  it('gets another token when its own is over, without a word to the caller', async () => {
    const client = await clientOf(kiosk);
    await client.health();
    now = new Date(now.getTime() + TOKEN_LIFETIME_MS);
    expect(await client.submitCase(caseKey, caseExample)).toMatchObject({ kind: 'done' });
  });

  it('is known again when it resumes its session on a new connection', async () => {
    const fetch = await deviceFetch(kiosk);
    const token = await tokenOf(fetch, KIOSK);
    const headers = { authorization: `Bearer ${token}`, connection: 'close' };
    for (let times = 0; times < 3; times += 1)
      expect((await fetch(`${platform.url}/health`, { headers })).status).toBe(200);
  });

  it('needs a token of its own', async () => {
    await platform.devices.enrol('KSK2', await readFile(other.certificate, 'utf8'));
    const [mine, theirs] = [await deviceFetch(kiosk), await deviceFetch(other)];
    const [token, foreign] = [await tokenOf(mine, KIOSK), await tokenOf(theirs, 'KSK2')];
    const health = async (fetch: PlatformFetch, authorization?: string) =>
      (await fetch(`${platform.url}/health`, { headers: authorization === undefined ? {} : { authorization } })).status;
    expect(await health(mine)).toBe(401);
    expect(await health(mine, 'Bearer none')).toBe(401);
    expect(await health(mine, `Bearer ${token.slice(0, -2)}AA`)).toBe(401);
    expect(await health(mine, `Bearer ${foreign}`)).toBe(401);
    expect(await health(mine, `Bearer ${token}`)).toBe(200);
    const upload = async (headers: Record<string, string>) => {
      const answer = await mine(`${platform.url}${UPLOAD_PATH}`, {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-length': '1', ...headers },
      });
      return answer.status;
    };
    expect(await upload({})).toBe(401);
    // It has no metadata.
    expect(await upload({ authorization: `Bearer ${token}` })).toBe(400);
  });

  it('speaks for itself only', async () => {
    const asOther = await clientOf(kiosk, 'KSK2');
    expect(await asOther.health()).toMatchObject({ kind: 'retry', reason: 'not-let-in', detail: '403 OTHER_DEVICE' });
    const client = await clientOf(kiosk);
    const answer = await client.submitCase(caseKey, { ...caseExample, kioskId: 'KSK2' });
    expect(answer).toMatchObject({ kind: 'retry', reason: 'not-let-in' });
    expect((await platform.received()).cases).toEqual([]);
  });

  it('reads what is told to itself only, and what it handed over itself', async () => {
    const news = { kind: 'announcement', content: announcement, kiosks: ['KSK1', 'KSK2'] };
    expect(await platform.publish({ id: caseKey, ...news })).toMatchObject({ ok: true, value: 2 });
    const client = await clientOf(kiosk);
    expect(await client.changes('KSK1', '')).toMatchObject({ kind: 'done', value: { changes: [{ id: caseKey }] } });
    const report = { ...configReportExample, kioskId: 'KSK2' };
    for (const answer of [
      await client.changes('KSK2', ''),
      await client.daySummaries('KSK2', '2026-11-01'),
      await client.dayRecords('KSK2', '2026-11-01', 'case'),
      await client.reportConfiguration(report.id, report),
    ])
      expect(answer).toMatchObject({ kind: 'retry', reason: 'not-let-in' });
  });

  it('has no part in the calls of offices, nor an office in those of kiosks', async () => {
    await platform.devices.enrol('MZJ', await readFile(other.certificate, 'utf8'), 'office');
    const statuses = async (issued: Issued, id: string): Promise<number[]> => {
      const fetch = await deviceFetch(issued);
      const headers = { authorization: `Bearer ${await tokenOf(fetch, id)}` };
      const paths = ['/health', '/office/fleet', '/office/overview', '/office/overview/style.css'];
      return Promise.all(paths.map(async (path) => (await fetch(`${platform.url}${path}`, { headers })).status));
    };
    expect(await statuses(kiosk, KIOSK)).toEqual([200, 403, 403, 403]);
    expect(await statuses(other, 'MZJ')).toEqual([403, 200, 200, 200]);
  });

  it('does not show an office complaints about its own hall on the page of what arrived', async () => {
    const about = { ...enquiryExample, hallCode: '990102', concerns: '990101' };
    const question = { ...about, id: caseKey, kind: 'consultation' as const, answerCode: 'A'.repeat(26) };
    const client = await clientOf(kiosk);
    for (const one of [about, question])
      expect(await client.submitEnquiry(one.id, one)).toMatchObject({ kind: 'done' });
    const pageFor = async (office: string): Promise<string> => {
      await platform.devices.enrol(office, await readFile(other.certificate, 'utf8'), 'office');
      const fetch = await deviceFetch(other);
      const headers = { authorization: `Bearer ${await tokenOf(fetch, office)}` };
      return (await fetch(`${platform.url}/office/overview`, { headers })).text();
    };
    expect(await pageFor('990102-D1')).toContain(about.id);
    expect(await pageFor('12345')).toContain(about.id);
    const own = await pageFor('990101-D1');
    expect(own).not.toContain(about.id);
    expect(own).toContain(question.id);
    expect(own).toContain('共 1 件');
  });

  it('is one office only: in the name of another one it reads nothing and does nothing', async () => {
    await platform.devices.enrol('990101-D1', await readFile(other.certificate, 'utf8'), 'office');
    const fetch = await deviceFetch(other);
    const authorization = `Bearer ${await tokenOf(fetch, '990101-D1')}`;
    const ask = async (path: string, body: object): Promise<number> => {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': `"${caseExample.id}"` };
      const answer = await fetch(`${platform.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.status;
    };
    const { id } = caseExample;
    const statuses = (office: string): Promise<number[]> => {
      const officer = { office, id: '0017' };
      return Promise.all([
        ask('/office/complaints/list', { officer, which: 'all' }),
        ask('/office/complaints/read', { officer, id }),
        ask('/office/complaints/contact', { officer, id }),
        ask('/office/complaints/answers', { officer, id, text: '好' }),
        ask('/office/ratings/bad-reviews', { officer, which: 'all' }),
        ask('/office/ratings/bad-review', { officer, id }),
        ask('/office/ratings/records', { officer, from: '2026-11-01', to: '2026-11-30' }),
      ]);
    };
    expect(await statuses('12345')).toEqual([403, 403, 403, 403, 403, 403, 403]);
    expect(await statuses('990101-D1')).toEqual([200, 404, 404, 400, 200, 404, 200]);
  });

  it('is shut out with its next request, also on an open connection', async () => {
    const client = await clientOf(kiosk);
    expect(await client.health()).toMatchObject({ kind: 'done' });
    await platform.devices.revoke(KIOSK);
    expect(await client.health()).toMatchObject(noAnswer);
    expect(await client.submitCase(caseKey, caseExample)).toMatchObject(noAnswer);
    expect(await said(kiosk)).toBe('');
  });

  it('believes no platform of another authority', async () => {
    await platform.close();
    platform = await start(fleet, await stranger.issueServer(['127.0.0.1']));
    await platform.devices.enrol(KIOSK, await readFile(kiosk.certificate, 'utf8'));
    expect(await (await clientOf(kiosk)).health()).toMatchObject(noAnswer);
  });

  it('is connected by its configuration alone', async () => {
    await platform.devices.enrol('WL01', await readFile(other.certificate, 'utf8'));
    const tls = { ...other, authority: fleet.certificate };
    const core = await startCore({ clock: systemClock, config: { platform: { url: platform.url, tls } } });
    await expect.poll(async () => (await core.core.system.status()).platform).toBe('reachable');
    core.stop();
    await rm(core.folder, { recursive: true });
  });
});

describe('whoever the platform does not know gets nothing', () => {
  it('while a known kiosk without a token is told so', async () => {
    expect(await said(kiosk)).toMatch(/^HTTP\/1.1 401 /);
  });
  it('without a certificate', async () => {
    expect(await said(undefined)).toBe('');
  });
  it('with a certificate of another authority', async () => {
    expect(await said(await stranger.issueDevice(KIOSK))).toBe('');
  });
  it('with a certificate of the fleet that was never let in', async () => {
    expect(await said(other)).toBe('');
  });
});

describe('the list of kiosks', () => {
  it('is kept by a command, also while the platform runs', async () => {
    const dataDir = join(folder, 'data');
    await platform.close();
    platform = await start(fleet, server, dataDir);
    const { DATABASE_URL: _other, ...env } = process.env;
    const program = join(import.meta.dirname, '../../src/platform/devices-process.ts');
    const devices = (...args: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [program, '--data', dataDir, ...args], { env });
      return { status, stdout: stdout.toString() };
    };
    expect(devices('enrol', KIOSK, kiosk.certificate).stdout).toMatch(/^kiosk KSK1 [0-9a-f]{64} let in\n$/);
    expect(await (await clientOf(kiosk)).health()).toMatchObject({ kind: 'done' });
    expect(devices('revoke', KIOSK).stdout).toMatch(/^kiosk KSK1 [0-9a-f]{64} shut out 2/);
    expect(await (await clientOf(kiosk)).health()).toMatchObject(noAnswer);
    expect(devices('enrol', KIOSK, 'nothing.pem').status).toBe(1);
    expect(devices('enrol').status).toBe(2);
  });
});
