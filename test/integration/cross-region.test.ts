import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { crossRegionPayload } from '../../src/domain/cross-region.ts';
import type { CatalogueItem } from '../../src/domain/item.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, signaturePng } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { sampleCatalogueItem } from '../fixtures/life-event.ts';
import { officeClient } from '../fixtures/office-client.ts';

const [own] = sampleCatalogueItem('senior-allowance').crossRegion ?? [];
if (!own) throw new Error('the sample catalogue has changed');
/** The item of the sample catalogue, offered to a region in each of the three modes. */
const item: CatalogueItem = {
  ...sampleCatalogueItem('senior-allowance'),
  crossRegion: [
    { ...own, regions: ['990102'] },
    {
      scope: 'between-provinces',
      mode: 'all-online',
      regions: ['990201'],
      meaning: '在这里提交，户籍地办理，全程网上流转。',
      costs: '不收费',
      addedDays: 1,
    },
    {
      scope: 'prefecture',
      mode: 'joint',
      regions: ['990103', '990201'],
      meaning: '这里受理，户籍地审核。',
      costs: '不收费',
      addedDays: 2,
    },
  ],
};
const fixtures = [
  { homeRegion: '990201', mode: 'all-online', name: '云汀省沐泽市岚泽县' },
  { homeRegion: '990102', mode: 'collect-and-forward', name: '云汀省澜川市临汀县' },
  { homeRegion: '990103', mode: 'joint', name: '云汀省澜川市雁洲区' },
] as const;
const here = { creditCode: item.department.creditCode, name: item.department.name };
const home = { creditCode: '11990102MB0000025J', name: '临汀县民政局' };

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let bench: Kiosk;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    bench = await hall.startWith(item);
  });
  afterEach(() => hall.close());

  it('[C-40] three choices at the kiosk come to the platform as chosen, and go out in the three shapes', async () => {
    const { core, log } = bench;
    const { handOver } = officeClient(hall.platform.url);
    const sent = [];
    for (const [index, choice] of fixtures.entries()) {
      await applyForAllowance(bench);
      const { ways, regionName } = await core.application.crossRegion({ homeRegion: choice.homeRegion });
      expect(regionName).toBe(choice.name);
      const way = ways.find(({ mode }) => mode === choice.mode);
      const offer = item.crossRegion?.find(({ mode }) => mode === choice.mode);
      expect(way).toMatchObject({
        meaning: offer?.meaning,
        costs: offer?.costs,
        promisedDays: item.guide.limits.promised + (offer?.addedDays ?? 0),
        chosen: false,
      });
      await expect(
        core.application.chooseCrossRegion({ mode: choice.mode, homeRegion: '980000' }),
      ).rejects.toMatchObject({
        code: 'NOT_OFFERED',
      });
      await core.application.chooseCrossRegion({ homeRegion: choice.homeRegion, mode: choice.mode });
      const again = await core.application.crossRegion({ homeRegion: choice.homeRegion });
      expect(again.ways.map(({ mode, chosen }) => [mode, chosen])).toEqual(
        ways.map(({ mode }) => [mode, mode === choice.mode]),
      );
      // Signed before, and changed since.
      await core.application.sign({ image: signaturePng() });
      await core.application.submit();
      await core.session.end({ cause: 'finished' });
      await log.until('core.delivered', index + 1, { step: 'scan' });
      const received = (await hall.platform.received()).cases.at(-1);
      if (!received) throw new Error('the case is there');
      expect(received.crossRegion).toEqual({ homeRegion: choice.homeRegion, mode: choice.mode });

      const pack = (mode: (typeof fixtures)[number]['mode']) =>
        handOver.pack({
          headers: { 'idempotency-key': randomUUID() },
          body: {
            officer: { office: here.creditCode, id: '007' },
            caseId: received.id,
            mode,
            homeRegion: choice.homeRegion,
            here,
            home,
            sealNumber: 'F-0001',
            waybill: 'EX0001',
          },
        });
      const other = fixtures.find(({ mode }) => mode !== choice.mode);
      await expect(pack(other?.mode ?? choice.mode)).rejects.toMatchObject({ data: { reason: 'other-than-chosen' } });
      const { packageId } = await pack(choice.mode);
      const { payload, manifest } = await handOver.fetch({ packageId });
      expect(manifest.entries[0]?.sha256).toBe(createHash('sha256').update(payload).digest('hex'));
      const out = crossRegionPayload.parse(JSON.parse(payload));
      expect(out).toMatchObject({ takenInAt: '990101', homeRegion: choice.homeRegion, fields: received.fields });
      // What was said at the kiosk is what goes out: who acts, and which papers travel.
      const acts = out.mode === 'all-online' ? ['home'] : ['here', 'home'];
      expect(way?.acts).toEqual(acts);
      const papers = out.mode === 'collect-and-forward' ? out.envelope.contents.map(({ name }) => name) : [];
      expect(way?.envelope).toEqual(papers);
      sent.push(out);
    }
    expect(sent.map((out) => Object.keys(out).toSorted().join(' '))).toEqual([
      'decides fields homeRegion itemCode itemVersion materials mode takenInAt',
      'collects decides envelope fields homeRegion itemCode itemVersion mode takenInAt',
      'fields homeRegion itemCode itemVersion leads materials mode steps takenInAt',
    ]);
  });

  it('results are asked for without anybody saying who they are, and say so when the platform is away', async () => {
    const { core } = bench;
    expect(await core.results.list({})).toEqual({ results: [] });
    const file = Buffer.from('%PDF-1.7 made up').toString('base64');
    expect(await core.results.check({ document: 'WS-2026-0001', file })).toEqual({
      valid: false,
      flaw: 'unknown-document',
    });
    await hall.platform.setFault({ kind: 'down' });
    await expect(core.results.list({})).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    await expect(core.results.check({ document: 'WS-2026-0001', file })).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
    });
  });
});
