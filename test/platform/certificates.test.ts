import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { certificateContent, sealRecord, type SealRecord } from '../../src/contract/certificate-record.ts';
import { checkCertificateId } from '../../src/domain/checks/certificate-id.ts';
import { openSeals } from '../../src/platform/certificates/seals.ts';
import { CERTIFICATE_COPY_LIFETIME_MS, SHOWING_LIFETIME_MS } from '../../src/platform/limits.ts';
import { cardOf, kioskClient, saidWho, type KioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines);

const resources = join(import.meta.dirname, '../../resources');
const samples = z
  .array(
    z.strictObject({
      certificate: certificateContent,
      seal: sealRecord.pick({ number: true, name: true }),
      usableBy: z.array(z.strictObject({ kind: z.enum(['person', 'company']), number: z.string() })).min(1),
    }),
  )
  .parse(JSON.parse(await readFile(join(resources, 'certificates/samples.json'), 'utf8')));
type Sample = (typeof samples)[number];
const sampleOf = (type: string): Sample => {
  const found = samples.find(({ certificate }) => certificate.type === type);
  if (!found) throw new Error(`no sample of ${type}`);
  return found;
};

const kioskId = 'KSK1';
const zhang = cardOf('张宁', '990101198803092111');
const li = cardOf('李秀兰', '990102195207163027');
const item = '11990101MB0000043K4990700021000';
const purpose = { item, caseId: randomUUID(), material: 'M-BIRTH-CERTIFICATE', place: '990101' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });

it('there is a sample of each type of the catalogue, and none beside; their identifiers are right', async () => {
  const types = z
    .array(z.looseObject({ id: z.string(), name: z.string() }))
    .parse(JSON.parse(await readFile(join(resources, 'catalogue/lists/certificates.json'), 'utf8')));
  expect(samples.map(({ certificate: { type, name } }) => [type, name])).toEqual(
    types.map(({ id, name }) => [id, name]),
  );
  expect(samples.filter(({ certificate }) => checkCertificateId(certificate.id).level !== 'ok')).toEqual([]);
});

describe.each(platformEngines)('the certificate library on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let now: Date;
  let kiosk: KioskClient;
  let office: ReturnType<typeof officeClient>;
  beforeEach(async () => {
    now = new Date('2026-11-22T02:00:00Z');
    stored = await start({ now: () => now });
    kiosk = kioskClient(stored.platform.url);
    office = officeClient(stored.platform.url);
  });
  afterEach(() => stored.close());

  const issue = (sample: Sample, by = sample.certificate.issuer.creditCode, head = headers()) =>
    office.certificates.issue({ headers: head, body: { officer: { office: by, id: '1' }, ...sample } });
  const list = async (who = zhang) =>
    (await kiosk.listCertificates({ headers: await saidWho(kiosk, kioskId, who), body: { kioskId, purpose } }))
      .certificates;
  const use = async (certificate: string, who = zhang) =>
    kiosk.useCertificate({ headers: await saidWho(kiosk, kioskId, who), body: { kioskId, certificate, purpose } });
  const logOf = async (who = zhang) =>
    (await kiosk.certificateLog({ headers: await saidWho(kiosk, kioskId, who), body: { kioskId } })).calls;

  it('has what offices issued, once, and gives it to those who may use it', async () => {
    const head = headers();
    const sample = sampleOf('birth-certificate');
    const { id } = sample.certificate;
    const first = await issue(sample, undefined, head);
    expect(await issue(sample, undefined, head)).toEqual(first);
    await expect(issue(sample)).rejects.toMatchObject(refusedFor('exists-already'));
    const other = sampleOf('marriage');
    await expect(issue(other, '11990101MB0000043K')).rejects.toMatchObject(refusedFor('other-issuer'));
    const malformed = { ...other, certificate: { ...other.certificate, id: '1.2.156.3005.2.0123456789' } };
    await expect(issue(malformed)).rejects.toMatchObject(refusedFor('id-malformed'));
    expect(await list()).toEqual([
      {
        id,
        type: 'birth-certificate',
        name: '出生医学证明',
        issuer: '安澜县卫生健康局',
        holder: { name: '张**', idLast4: '0017' },
        state: 'valid',
      },
    ]);
    expect(await list(li)).toEqual([]);
    const used = await use(id);
    expect(used).toEqual({
      content: sample.certificate,
      seal: first.seal,
      note: {
        purpose,
        kioskId,
        madeAt: now.toISOString(),
        until: new Date(now.getTime() + CERTIFICATE_COPY_LIFETIME_MS).toISOString(),
      },
    });
    await expect(use(id, li)).rejects.toMatchObject(refusedFor('unknown-certificate'));
    expect(await logOf(li)).toMatchObject([{ what: 'listed' }]);
  });

  it('takes every sample, and keeps people and companies apart', async () => {
    for (const sample of samples) await issue(sample);
    expect((await list()).map(({ type }) => type)).toContain('driving-licence');
    const company = { method: 'company-key' as const, creditCode: '91990101MA0000001Y' };
    const agent = { name: '张宁', idNumber: '990101198803092111' };
    expect((await list({ ...company, agent })).map(({ type }) => type)).toEqual([
      'business-licence',
      'food-licence',
      'tobacco-retail',
      'tobacco-transport',
      'oversize-transport',
      'road-transport',
      'water-taking',
      'hazardous-waste',
    ]);
  });

  it('gives nothing that was suspended, revoked or is over, and nobody but the issuer changes that', async () => {
    const sample = sampleOf('driving-licence');
    const { id, issuer, validTo = '' } = sample.certificate;
    await issue(sample);
    const set = (state: 'valid' | 'suspended' | 'revoked', by = issuer.creditCode, certificate = id) =>
      office.certificates.setState({
        headers: headers(),
        body: { officer: { office: by, id: '1' }, certificate, state },
      });
    await expect(set('revoked', '11990101MB00000193')).rejects.toMatchObject(refusedFor('other-issuer'));
    await expect(set('revoked', issuer.creditCode, sampleOf('lawyer').certificate.id)).rejects.toMatchObject(
      refusedFor('unknown-certificate'),
    );
    expect(await set('suspended')).toEqual({ id, state: 'suspended' });
    await expect(use(id)).rejects.toMatchObject(refusedFor('not-valid'));
    expect(await list()).toMatchObject([{ state: 'suspended' }]);
    await set('valid');
    await use(id);
    now = new Date(`${validTo}T15:59:00Z`);
    await use(id);
    now = new Date(`${validTo}T16:00:00Z`);
    await expect(use(id)).rejects.toMatchObject(refusedFor('not-valid'));
  });

  it('tells the holder of each look: what, when, by which machine or window, for what', async () => {
    const sample = sampleOf('degree');
    const certificate = { id: sample.certificate.id, name: '学位证书' };
    await issue(sample);
    await list();
    await use(certificate.id);
    const showing = { office: '11990101MB0000027X', officeName: '安澜县人力资源和社会保障局', use: '人才补贴申请' };
    const { token } = await kiosk.showCertificate({
      headers: await saidWho(kiosk, kioskId, zhang),
      body: { kioskId, certificate: certificate.id, showing },
    });
    await office.certificates.look({
      headers: headers(),
      body: { officer: { office: showing.office, id: '7' }, token },
    });
    const at = now.toISOString();
    expect(await logOf()).toEqual([
      { at, what: 'looked-at', certificate, by: showing.office, showing },
      { at, what: 'shown', certificate, by: kioskId, showing },
      { at, what: 'used', certificate, by: kioskId, purpose },
      { at, what: 'listed', by: kioskId, purpose },
    ]);
  });

  it('says of a copy whether it is what was sealed and still counts, to whom it belongs, and notes that', async () => {
    const sample = sampleOf('degree');
    const certificate = sample.certificate.id;
    const { contentHash } = (await issue(sample)).seal;
    const verify = async (who = zhang, hash = contentHash) =>
      kiosk.verifyCertificate({
        headers: await saidWho(kiosk, kioskId, who),
        body: { kioskId, certificate, contentHash: hash, purpose },
      });
    expect(await verify()).toEqual({ valid: true });
    expect(await verify(zhang, 'a'.repeat(64))).toEqual({ valid: false, flaw: 'content-changed' });
    expect(await verify(li)).toEqual({ valid: false, flaw: 'unknown-certificate' });
    await office.certificates.setState({
      headers: headers(),
      body: { officer: { office: sample.certificate.issuer.creditCode, id: '1' }, certificate, state: 'revoked' },
    });
    expect(await verify()).toEqual({ valid: false, flaw: 'revoked' });
    expect(await logOf()).toMatchObject(Array.from({ length: 3 }, () => ({ what: 'verified', by: kioskId, purpose })));
    expect(await logOf(li)).toEqual([]);
    const call = { kioskId, certificate, contentHash, purpose };
    await expect(kiosk.verifyCertificate({ headers: {}, body: call })).rejects.toMatchObject({
      code: 'IDENTITY_NEEDED',
    });
  });

  it('shows one certificate to one office, once, for minutes', async () => {
    const sample = sampleOf('diploma');
    await issue(sample);
    const showing = { office: 'HR', officeName: '人社局', use: '核对学历' };
    const show = async (certificate = sample.certificate.id, who = zhang) =>
      kiosk.showCertificate({ headers: await saidWho(kiosk, kioskId, who), body: { kioskId, certificate, showing } });
    const look = (token: string, by = 'HR', head = headers()) =>
      office.certificates.look({ headers: head, body: { officer: { office: by, id: '1' }, token } });
    await expect(show(sample.certificate.id, li)).rejects.toMatchObject(refusedFor('unknown-certificate'));
    const { token, expiresAt } = await show();
    expect(Date.parse(expiresAt)).toBe(now.getTime() + SHOWING_LIFETIME_MS);
    expect(token).toMatch(/^[\w-]{24}$/);
    await expect(look(token, 'OTHER')).rejects.toMatchObject(refusedFor('other-office'));
    await expect(look('0123456789abcdef')).rejects.toMatchObject(refusedFor('token-unknown'));
    const heads = Array.from({ length: 6 }, headers);
    const looks = await Promise.allSettled(heads.map((head) => look(token, 'HR', head)));
    const seen = looks.flatMap((one, index) => (one.status === 'fulfilled' ? [{ seen: one.value, index }] : []));
    expect(seen.map((one) => one.seen)).toEqual([
      {
        certificate: { ...sample.certificate, holder: { name: '张宁', number: '**************2111' } },
        seal: { valid: true },
        showing,
        shownAt: now.toISOString(),
      },
    ]);
    // The window did not get the answer and asks again.
    expect(await look(token, 'HR', heads[seen[0]?.index ?? -1])).toEqual(seen[0]?.seen);
    await expect(look(token)).rejects.toMatchObject(refusedFor('token-unknown'));
    const late = await show();
    now = new Date(now.getTime() + SHOWING_LIFETIME_MS);
    await expect(look(late.token)).rejects.toMatchObject(refusedFor('token-unknown'));
    await office.certificates.setState({
      headers: headers(),
      body: {
        officer: { office: sample.certificate.issuer.creditCode, id: '1' },
        certificate: sample.certificate.id,
        state: 'revoked',
      },
    });
    await expect(show()).rejects.toMatchObject(refusedFor('not-valid'));
  });

  it('believes a seal only on what was sealed', async () => {
    const sample = sampleOf('property');
    const { seal } = await issue(sample);
    const content = sample.certificate;
    const check = async (changed: Partial<typeof content>, with_: Partial<SealRecord> = {}) => {
      const certificate = { content: { ...content, ...changed }, seal: { ...seal, ...with_ } };
      const [atKiosk, atOffice] = [
        await kiosk.checkSeal({ kioskId, certificate }),
        await office.certificates.checkSeal(certificate),
      ];
      expect(atKiosk).toEqual(atOffice);
      return atKiosk;
    };
    expect(await check({})).toEqual({ valid: true });
    const flaw = (name: string) => ({ valid: false, flaw: name });
    expect(await check({ fields: { ...content.fields, 面积: '189.60平方米' } })).toEqual(flaw('content-changed'));
    expect(await check({ validTo: '2099-12-31' })).toEqual(flaw('content-changed'));
    expect(await check({}, { name: '安澜县民政局电子印章' })).toEqual(flaw('signature-wrong'));
    expect(await check({}, { sealedAt: '2020-01-01T00:00:00Z' })).toEqual(flaw('signature-wrong'));
    expect(await check({}, { signature: Buffer.alloc(64).toString('base64') })).toEqual(flaw('signature-wrong'));
    const body = {
      officer: { office: content.issuer.creditCode, id: '1' },
      certificate: content.id,
      state: 'revoked' as const,
    };
    await office.certificates.setState({ headers: headers(), body });
    expect(await check({})).toEqual(flaw('revoked'));
    // Sealed by us and then lost from the library.
    await stored.database.run('DELETE FROM certificate_user', []);
    await stored.database.run('DELETE FROM certificate', []);
    expect(await check({})).toEqual(flaw('unknown-certificate'));
  });

  it('makes one key for its seals, which another process has too', async () => {
    const { seal } = await issue(sampleOf('property'));
    const keys = await stored.database.all<{ value: string }>("SELECT value FROM secret WHERE name = 'seal-key'");
    expect(keys).toHaveLength(1);
    const seals = await openSeals(stored.database);
    expect(seals.flawOf(sampleOf('property').certificate, seal)).toBeUndefined();
  });
});
