import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthority, readIssued } from '../../scripts/hall/authority.ts';
import type { IdentityReading } from '../../src/contract/identity-calls.ts';
import { createHttpFetch } from '../../src/core/sync/http-fetch.ts';
import { createTokenFetch } from '../../src/core/sync/token-fetch.ts';
import { IDENTITY_CODE_LIFETIME_MS, IDENTITY_CODE_TRIES, IDENTITY_LIFETIME_MS } from '../../src/platform/limits.ts';
import { createPlatform } from '../../src/platform/server.ts';
import { cardOf, kioskClient, overPlatform, saidWho, type KioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines);

const kioskId = 'KSK1';
const zhang = { name: '张宁', idNumber: '990101198803092111' };
const card = cardOf(zhang.name, zhang.idNumber);
const officer = { office: '11990101MB000006X6', id: 'A1' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });
const needed = (reason: string) => ({ code: 'IDENTITY_NEEDED', data: { reason } });
const token = (value: string) => ({ 'identity-token': value });

describe.each(platformEngines)('who is at a kiosk, on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let now: Date;
  let kiosk: KioskClient;
  beforeEach(async () => {
    now = new Date('2026-11-22T02:00:00Z');
    stored = await start({ now: () => now });
    kiosk = kioskClient(stored.platform.url);
  });
  afterEach(() => stored.close());

  const say = (reading: IdentityReading) => kiosk.exchangeIdentity({ kioskId, reading });
  const read = (value: string, at = kioskId) => kiosk.certificateLog({ headers: token(value), body: { kioskId: at } });

  it('is worth what the way they said it is worth', async () => {
    const office = officeClient(stored.platform.url);
    const code = async (to: Parameters<typeof office.identity.issueCode>[0]['body']['to']) =>
      (await office.identity.issueCode({ headers: headers(), body: { officer, to } })).code;
    const app = await code({ via: 'app', person: zhang });
    const sms = await code({ via: 'sms', phone: '13900000000' });
    const readings: IdentityReading[] = [
      card,
      { method: 'social-card', person: zhang },
      { method: 'platform-code', code: app },
      { method: 'company-key', creditCode: '91990101MA0000001Y', agent: zhang },
      { method: 'sms-code', phone: '13900000000', code: sms },
    ];
    const worth = [];
    for (const reading of readings) {
      const { level, realName, expiresAt, token: value } = await say(reading);
      expect(Date.parse(expiresAt)).toBe(now.getTime() + IDENTITY_LIFETIME_MS);
      worth.push([
        reading.method,
        level,
        realName,
        await read(value).then(
          () => 'let in',
          ({ data }) => data.reason,
        ),
      ]);
    }
    expect(worth).toEqual([
      ['id-card', 'high', true, 'let in'],
      ['social-card', 'substantial', true, 'let in'],
      ['platform-code', 'substantial', true, 'let in'],
      ['company-key', 'high', true, 'let in'],
      ['sms-code', 'low', false, 'assurance-too-low'],
    ]);
  });

  it('is the same person whichever way they say it, and nobody finds the number in the token', async () => {
    const headersOf = (reading: IdentityReading) => saidWho(kiosk, kioskId, reading);
    const purpose = { item: 'X', caseId: randomUUID(), material: 'M', place: '990101' };
    await kiosk.listCertificates({ headers: await headersOf(card), body: { kioskId, purpose } });
    const social = await headersOf({ method: 'social-card', person: zhang });
    expect(await kiosk.certificateLog({ headers: social, body: { kioskId } })).toMatchObject({
      calls: [{ what: 'listed', by: kioskId, purpose }],
    });
    const company = await headersOf({ method: 'company-key', creditCode: '91990101MA0000001Y', agent: zhang });
    expect(await kiosk.certificateLog({ headers: company, body: { kioskId } })).toEqual({ calls: [] });
    const claims = Buffer.from(social['identity-token'].split('.')[0] ?? '', 'base64url').toString();
    for (const secret of [zhang.idNumber, zhang.name, zhang.idNumber.slice(6, 14)])
      expect(claims).not.toContain(secret);
  });

  it('is nobody with a card that is over, a wrong number, or a token that is none, changed, over or of another kiosk', async () => {
    await expect(say({ ...card, method: 'id-card', person: zhang, validTo: '2026-11-21' })).rejects.toMatchObject(
      refusedFor('card-expired'),
    );
    await expect(say(cardOf(zhang.name, '990101198803092112'))).rejects.toMatchObject(refusedFor('number-malformed'));
    await expect(say({ method: 'company-key', creditCode: 'IIIIIIIIIIIIIIIIII', agent: zhang })).rejects.toMatchObject(
      refusedFor('number-malformed'),
    );
    const { token: value } = await say(card);
    await expect(kiosk.certificateLog({ headers: {}, body: { kioskId } })).rejects.toMatchObject(needed('no-token'));
    await expect(read(`${value}x`)).rejects.toMatchObject(needed('no-token'));
    const [payload = '', signature] = value.split('.');
    const raised = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...raised, kioskId: 'KSK2' })).toString('base64url');
    await expect(read(`${forged}.${signature}`, 'KSK2')).rejects.toMatchObject(needed('no-token'));
    await expect(read(value, 'KSK2')).rejects.toMatchObject(needed('no-token'));
    expect(await read(value)).toEqual({ calls: [] });
    now = new Date(now.getTime() + IDENTITY_LIFETIME_MS);
    await expect(read(value)).rejects.toMatchObject(needed('no-token'));
  });

  it('is told by a code once, to one kiosk, for minutes, and by no guess', async () => {
    const office = officeClient(stored.platform.url);
    const phone = '13900000001';
    const ask = headers();
    const body = { officer, to: { via: 'sms' as const, phone } };
    const first = await office.identity.issueCode({ headers: ask, body });
    // The service that sends it asked twice and sends one.
    expect(await office.identity.issueCode({ headers: ask, body })).toEqual(first);
    const bad = { officer, to: { via: 'app' as const, person: { ...zhang, idNumber: '1' } } };
    await expect(office.identity.issueCode({ headers: headers(), body: bad })).rejects.toMatchObject(
      refusedFor('number-malformed'),
    );
    const byCode = (code: string, at = kioskId, of = phone) =>
      kiosk.exchangeIdentity({ kioskId: at, reading: { method: 'sms-code', phone: of, code } });
    const unknown = refusedFor('code-unknown');
    await expect(byCode(first.code, kioskId, '13900000002')).rejects.toMatchObject(unknown);
    expect(await byCode(first.code)).toMatchObject({ level: 'low' });
    // The answer may have got lost on its way to that kiosk.
    expect(await byCode(first.code)).toMatchObject({ level: 'low' });
    await expect(byCode(first.code, 'KSK2')).rejects.toMatchObject(unknown);

    const second = await office.identity.issueCode({ headers: headers(), body });
    const wrong = second.code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < IDENTITY_CODE_TRIES; tries += 1)
      await expect(byCode(wrong)).rejects.toMatchObject(unknown);
    await expect(byCode(second.code)).rejects.toMatchObject(unknown);

    const third = await office.identity.issueCode({ headers: headers(), body });
    now = new Date(now.getTime() + IDENTITY_CODE_LIFETIME_MS);
    await expect(byCode(third.code)).rejects.toMatchObject(unknown);
  });

  it('is one kiosk’s to say when two show the same code at once', async () => {
    const office = officeClient(stored.platform.url);
    const to = { via: 'app' as const, person: zhang };
    const { code } = await office.identity.issueCode({ headers: headers(), body: { officer, to } });
    const kiosks = Array.from({ length: 8 }, (_, index) => `KSK${index}`);
    const answers = await Promise.allSettled(
      kiosks.map((at) => kiosk.exchangeIdentity({ kioskId: at, reading: { method: 'platform-code', code } })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

it('a token is worth nothing with another certificate than the one it was given to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'platform-tls-'));
  const fleet = await createAuthority(join(folder, 'fleet'));
  const server = await fleet.issueServer(['127.0.0.1']);
  const tls = { ...(await readIssued(server)), deviceAuthority: await readFile(fleet.certificate, 'utf8') };
  const platform = await createPlatform({ clock: { now: () => new Date() }, log: () => undefined, tls });
  const clientOf = async (id: string, folderName: string) => {
    const own = await fleet.issueDevice(folderName);
    await platform.devices.enrol(id, await readFile(own.certificate, 'utf8'));
    const { certificate, key } = await readIssued(own);
    const fetch = createHttpFetch({ certificate, key, authority: await readFile(fleet.certificate, 'utf8') });
    return kioskClient(platform.url, overPlatform(createTokenFetch({ url: platform.url, kioskId: id, fetch })));
  };
  try {
    // The same kiosk before and after its certificate was renewed, and another kiosk.
    const [mine, renewed, other] = [
      await clientOf(kioskId, 'a'),
      await clientOf(kioskId, 'b'),
      await clientOf('KSK2', 'c'),
    ];
    const who = await saidWho(mine, kioskId, card);
    expect(await mine.certificateLog({ headers: who, body: { kioskId } })).toEqual({ calls: [] });
    await expect(renewed.certificateLog({ headers: who, body: { kioskId } })).rejects.toMatchObject(needed('no-token'));
    await expect(other.certificateLog({ headers: who, body: { kioskId } })).rejects.toMatchObject({
      code: 'OTHER_DEVICE',
    });
    await expect(other.exchangeIdentity({ kioskId, reading: card })).rejects.toMatchObject({ code: 'OTHER_DEVICE' });
  } finally {
    await platform.close();
    await rm(folder, { recursive: true });
  }
});
