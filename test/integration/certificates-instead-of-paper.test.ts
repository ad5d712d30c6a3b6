import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { certificateContent, type CertificatePurpose, sealRecord } from '../../src/contract/certificate-record.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { createPlatformClient } from '../../src/core/sync/platform-client.ts';
import { type CatalogueItem, catalogueItem } from '../../src/domain/item.ts';
import { adapters } from '../fixtures/adapters.ts';
import {
  answerAllowance,
  fillInAllowance,
  jpegWith,
  ManualClock,
  seniorAllowance,
  signaturePng,
  signIn,
} from '../fixtures/core-bench.ts';
import { everyByte } from '../fixtures/every-byte.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { cardOf, kioskClient, saidWho } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const read = (path: string): unknown => JSON.parse(readFileSync(join(resources, path), 'utf8'));
const types = z
  .array(z.looseObject({ id: z.string(), paperNotAsked: z.boolean() }))
  .parse(read('catalogue/lists/certificates.json'))
  .filter(({ paperNotAsked }) => paperNotAsked)
  .map(({ id }) => id);
const samples = z
  .array(z.looseObject({ certificate: certificateContent, seal: sealRecord.pick({ number: true, name: true }) }))
  .parse(read('certificates/samples.json'));
const { name, idNumber } = samplePerson;
const materialOf = (type: string): string => `M-${type.toUpperCase()}`;

/** The allowance, with a paper of each of the 15 types in place of the household register. */
const item: CatalogueItem = (() => {
  const allowance = catalogueItem.parse(read('catalogue/senior-allowance.json'));
  const [book] = allowance.materials.filter(({ source }) => source === 'scan');
  if (!book) throw new Error('the allowance has a paper');
  const { when: _when, ...paper } = book;
  const asked = types.map((type) => ({
    ...paper,
    id: materialOf(type),
    name: type,
    certificate: type,
    substitutes: ['certificate' as const, 'e-certificate' as const, 'paper' as const],
  }));
  return { ...allowance, materials: [...allowance.materials.filter(({ source }) => source !== 'scan'), ...asked] };
})();

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let bench: Kiosk;
  let paths: string[];
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    paths = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      paths.push(new URL(input instanceof Request ? input.url : input).pathname);
      return globalThis.fetch(input, init);
    };
    bench = await hall.startWith(item, { fetch });
  });
  afterEach(() => hall.close());

  const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
  const sampleOf = (type: string) => {
    const found = samples.find(({ certificate }) => certificate.type === type);
    if (!found) throw new Error(`no sample of ${type}`);
    return found;
  };
  async function issue(type: string, change: Partial<z.infer<typeof certificateContent>> = {}): Promise<void> {
    const { certificate, seal } = sampleOf(type);
    const officer = { office: certificate.issuer.creditCode, id: '1' };
    await officeClient(hall.platform.url).certificates.issue({
      headers: headers(),
      body: {
        officer,
        seal,
        certificate: { ...certificate, ...change },
        usableBy: [{ kind: 'person', number: idNumber }],
      },
    });
  }
  const setState = (type: string, state: 'valid' | 'revoked') => {
    const { id, issuer } = sampleOf(type).certificate;
    return officeClient(hall.platform.url).certificates.setState({
      headers: headers(),
      body: { officer: { office: issuer.creditCode, id: '1' }, certificate: id, state },
    });
  };
  /** Walks up to where the papers would be laid under the camera. */
  async function begin(): Promise<void> {
    const { core } = bench;
    await signIn(bench);
    await core.application.begin({ code: seniorAllowance });
  }
  async function fillIn(): Promise<void> {
    await fillInAllowance(bench.core);
    await bench.core.application.sign({ image: signaturePng() });
  }
  const lookedAt = async () => {
    const kiosk = kioskClient(hall.platform.url);
    const { calls } = await kiosk.certificateLog({
      headers: await saidWho(kiosk, 'WL01', cardOf(name, idNumber)),
      body: { kioskId: 'WL01' },
    });
    return calls.map(({ what, purpose }) => ({ what, material: purpose?.material }));
  };

  it('none of the 15 types is asked for on paper when its e-certificate is valid, from the first page to the office', async () => {
    expect(types).toHaveLength(15);
    for (const type of types) await issue(type);
    const { core, log } = bench;
    const stand = async () => {
      const { materials } = await core.application.takeCertificates();
      return materials
        .filter(({ source }) => source === 'scan')
        .map(({ complete, standIn }) => ({ complete, standIn }));
    };
    await begin();
    expect(await stand()).toEqual(types.map(() => ({ complete: true, standIn: 'e-certificate' })));
    for (const type of types) {
      const page = { material: materialOf(type), image: jpegWith(type) };
      await expect(core.application.addPage(page)).rejects.toMatchObject({ code: 'NOT_ASKED_FOR' });
      await expect(core.application.scan({ material: page.material, source: 'platen' })).rejects.toMatchObject({
        code: 'NOT_ASKED_FOR',
      });
    }
    await fillIn();
    const { provisionalNumber } = await core.application.submit();
    await log.until('core.delivered', 1, { step: 'case' });
    // Pre-review does not ask for any either.
    const trail = async () =>
      (await kioskClient(hall.platform.url).progress({ number: provisionalNumber })).trail?.map(({ event }) => event);
    await expect.poll(trail).toContain('accept');
    expect(await trail()).not.toContain('ask-supplement');
  });

  it('one that stopped to count after it was taken is found before the hand-in, and so are answers that differ from it', async () => {
    const [type = ''] = types;
    const { fields } = sampleOf(type).certificate;
    await issue(type, { fields: { ...fields, 联系电话: '13900000000' } });
    await begin();
    const { core } = bench;
    await answerAllowance(core);
    await core.application.setField({ name: 'phone', value: '13900000000' });
    await core.application.takeCertificates();
    expect((await core.application.checkCertificates()).findings).toEqual([]);

    await core.application.setField({ name: 'phone', value: '13800001234' });
    const { findings: differing } = await core.application.checkCertificates();
    expect(differing).toEqual([{ material: materialOf(type), differs: ['联系电话'] }]);

    await hall.platform.setFault({ kind: 'status', status: 503 });
    await expect(core.application.checkCertificates()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    await hall.platform.setFault({ kind: 'none' });
    await setState(type, 'revoked');
    const { findings, application } = await core.application.checkCertificates();
    expect(findings).toMatchObject([{ material: materialOf(type), flaw: 'revoked' }]);
    const material = application.materials.find(({ id }) => id === materialOf(type));
    expect(material).not.toHaveProperty('takenFrom');
    await core.application.addPage({ material: materialOf(type), image: jpegWith(type) });
  });

  it('[P-12] a look without a purpose ends in the client itself; what was looked at is kept for the visit and no longer', async () => {
    const client = createPlatformClient({
      url: hall.platform.url,
      clock: new ManualClock(),
      limitsMs: { write: 60_000, ask: 5_000 },
      fetch: () => {
        throw new Error('something went out');
      },
    });
    const purpose = { item: item.code, caseId: randomUUID(), material: materialOf('marriage'), place: '990101' };
    const certificate = sampleOf('marriage').certificate.id;
    const asks = [{ kioskId: 'WL01' }, { purpose }, ...Object.keys(purpose).map((part) => without(purpose, part))];
    const look = { certificate, contentHash: 'a'.repeat(64) };
    for (const ask of asks) {
      const bare = { ...ask, ...look } as { kioskId: string; purpose: CertificatePurpose } & typeof look;
      for (const call of ['listCertificates', 'useCertificate', 'verifyCertificate'] as const)
        expect(await client[call]('token', bare)).toMatchObject({ kind: 'refused', reason: 'no-purpose' });
    }

    const { core, room } = bench;
    await issue('marriage', { fields: { 登记日期: '2020-05-20-LOOK-FOR-ME' } });
    await begin();
    await core.application.takeCertificates();
    const listed = types.map((type) => ({ what: 'listed', material: materialOf(type) }));
    const used = { what: 'used', material: materialOf('marriage') };
    const first = (await lookedAt()).toReversed();
    expect(first).toHaveLength(16);
    expect(first).toEqual(expect.arrayContaining([...listed, used]));
    // The same is not asked twice in a visit, also where nothing was found.
    const before = paths.length;
    await core.application.takeCertificates();
    expect(paths.slice(before)).toEqual([]);

    const looks = room.service?.visits.current?.certificates;
    expect(JSON.stringify([...(looks?.values() ?? [])])).toContain('LOOK-FOR-ME');
    await core.session.end({ cause: 'left' });
    expect(looks?.size).toBe(0);
    const bytes = everyByte(bench.dataDir);
    for (const word of ['LOOK-FOR-ME', certificate]) expect(bytes.includes(word)).toBe(false);
    expect(bytes.includes('SQLite format 3')).toBe(true);
    // The next visit looks anew, for another case.
    await begin();
    await core.application.takeCertificates();
    expect(await lookedAt()).toHaveLength(32);
  });

  /** A purpose that leaves one of its parts out. */
  function without(purpose: CertificatePurpose, part: string) {
    return { kioskId: 'WL01', purpose: Object.fromEntries(Object.entries(purpose).filter(([key]) => key !== part)) };
  }
});
