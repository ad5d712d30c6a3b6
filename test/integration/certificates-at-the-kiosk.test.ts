import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { adapters } from '../fixtures/adapters.ts';
import { jpegWith, signaturePng, signIn } from '../fixtures/core-bench.ts';
import { everyByte } from '../fixtures/every-byte.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { cardOf, kioskClient, saidWho } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const birthRegistration = '11990101MB0000043K4990700021000';
const material = 'M-BIRTH-CERTIFICATE';
const { name, idNumber } = samplePerson;
const issuer = { creditCode: '11990101MB0000094U', name: '安澜县卫生健康局' };
const certificate = {
  id: '1.2.156.3005.2.11990101MB000006X6027.11990101MB0000094U.2026000027.001.Y',
  type: 'birth-certificate',
  name: '出生医学证明',
  issuer,
  holder: { name: '欧阳小样', number: '990101202601010017' },
  issuedOn: '2026-01-05',
  fields: { 出生日期: '2026-01-01' },
};
const officer = { office: issuer.creditCode, id: '1' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let bench: Kiosk;
  /** Identity tokens that went over the wire. */
  let tokens: Set<string>;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    tokens = new Set();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const sent = init?.headers ?? (input instanceof Request ? input.headers : undefined);
      const token = new Headers(sent).get('identity-token');
      if (token !== null) tokens.add(token);
      return globalThis.fetch(input, init);
    };
    bench = await hall.start({ fetch });
    const usableBy = [{ kind: 'person' as const, number: idNumber }];
    const seal = { number: '9901010000027', name: '安澜县卫生健康局电子印章' };
    await officeClient(hall.platform.url).certificates.issue({
      headers: headers(),
      body: { officer, certificate, seal, usableBy },
    });
  });
  afterEach(() => hall.close());

  async function begin(): Promise<void> {
    const { core } = bench;
    await signIn(bench);
    await core.application.begin({ code: birthRegistration });
    for (const [question, option] of Object.entries({ 'settle-with': 'mother', marriage: 'married' }))
      await core.application.answerSituation({ question, option });
  }

  async function fillIn(): Promise<void> {
    const { core } = bench;
    const values: Readonly<Record<string, string>> = {
      phone: '13800001234',
      date: '2026-01-01',
      'yes-no': 'yes',
      'id-number': idNumber,
      number: '1',
    };
    const { fields } = await core.application.view();
    for (const { field, value } of fields) {
      if (!field.required || value !== undefined) continue;
      const first = 'options' in field ? field.options[0]?.id : undefined;
      await core.application.setField({ name: field.name, value: first ?? values[field.type] ?? 'P123456789' });
    }
    for (const { id, source, complete } of (await core.application.view()).materials)
      if (source === 'scan' && !complete) await core.application.addPage({ material: id, image: jpegWith(id) });
    await core.application.sign({ image: signaturePng() });
  }

  const materialOf = (view: { materials: { id: string }[] }) => view.materials.find(({ id }) => id === material);

  it('a material is taken from an e-certificate, is not asked for on paper, and the case names it', async () => {
    const { core } = bench;
    await begin();
    expect(materialOf(await core.application.view())).toMatchObject({ complete: false });
    const taken = await core.application.takeCertificates();
    expect(materialOf(taken)).toMatchObject({
      complete: true,
      pages: 0,
      takenFrom: { name: '出生医学证明', issuer: issuer.name },
    });
    // Asked again, nothing is looked at a second time.
    expect(await core.application.takeCertificates()).toEqual(taken);
    expect((await core.application.review()).missing).not.toContain(material);
    await fillIn();
    await core.application.submit();
    await core.session.end({ cause: 'finished' });
    await bench.log.until('core.delivered', 1, { step: 'case' });
    const [handedIn] = (await hall.platform.received()).cases;
    expect(handedIn?.materials.find(({ id }) => id === material)).toEqual({
      id: material,
      name: '出生医学证明',
      pages: [],
      certificate: certificate.id,
    });
    const kiosk = kioskClient(hall.platform.url);
    const { calls } = await kiosk.certificateLog({
      headers: await saidWho(kiosk, 'WL01', cardOf(name, idNumber)),
      body: { kioskId: 'WL01' },
    });
    const purpose = { item: birthRegistration, caseId: handedIn?.id, material, place: '990101' };
    expect(calls).toMatchObject([
      { what: 'used', by: 'WL01', certificate: { id: certificate.id }, purpose },
      { what: 'listed', by: 'WL01', purpose },
    ]);
  });

  it('[P-14] the token for who is at the kiosk is on no disk, during the visit and after it, and the next visit has its own', async () => {
    const { core, log } = bench;
    await begin();
    await core.application.takeCertificates();
    const during = everyByte(bench.dataDir);
    await fillIn();
    await core.application.submit();
    await core.session.end({ cause: 'finished' });
    await log.until('core.delivered', 1, { step: 'case' });
    const after = everyByte(bench.dataDir);
    expect([...tokens]).toHaveLength(1);
    for (const token of tokens) {
      const [payload = '', signature = ''] = token.split('.');
      for (const part of [payload, signature]) {
        expect(part.length).toBeGreaterThan(40);
        expect([during.includes(part), after.includes(part)]).toEqual([false, false]);
        expect(JSON.stringify(log.events)).not.toContain(part);
      }
    }
    // The store is there to be looked through.
    expect(after.includes('SQLite format 3')).toBe(true);
    await begin();
    await core.application.takeCertificates();
    expect(tokens.size).toBe(2);
  });

  it('without the platform, and for a certificate that does not count, the paper is scanned', async () => {
    const { core } = bench;
    await begin();
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await expect(core.application.takeCertificates()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    await hall.platform.setFault({ kind: 'none' });
    await officeClient(hall.platform.url).certificates.setState({
      headers: headers(),
      body: { officer, certificate: certificate.id, state: 'suspended' },
    });
    expect(materialOf(await core.application.takeCertificates())).toMatchObject({ complete: false });
    await core.application.addPage({ material, image: jpegWith('出生医学证明') });
    expect(materialOf(await core.application.view())).toMatchObject({ complete: true, pages: 1 });
  });
});
