import { createHash, randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, describe, expect, it } from 'vitest';
import type { HandOverPackage } from '../../src/contract/office/hand-over.ts';
import { platformApi } from '../../src/contract/platform-api.ts';
import { caseExample, pageExample } from '../../src/contract/platform-examples.ts';
import type { CatalogueItem } from '../../src/domain/item.ts';
import { contentHash } from '../../src/platform/content-hash.ts';
import { exampleItem } from '../fixtures/example-item.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { exampleImage, uploadScan } from '../fixtures/upload-scan.ts';

afterAll(closeEngines);
const offered = (mode: NonNullable<CatalogueItem['crossRegion']>[number]['mode'], region: string) => ({
  scope: 'prefecture' as const,
  mode,
  regions: [region],
  meaning: '在这里交，那里办。',
  costs: '不收费',
  addedDays: 2,
});
const item: CatalogueItem = {
  ...exampleItem,
  crossRegion: [offered('collect-and-forward', '990102'), offered('all-online', '990103')],
};
const caseId = caseExample.id;
const hands = {
  officer: { office: 'MZJ', id: '007' },
  here: { creditCode: '11990101MB00000193', name: '安澜县民政局' },
  home: { creditCode: '11990102MB0000025J', name: '临汀县民政局' },
  sealNumber: 'F-0001',
  waybill: 'EX0001',
};
const keyed = () => ({ 'idempotency-key': randomUUID() });
const refused = (reason: string) => ({ code: 'REFUSED', data: { reason } });

describe.each(platformEngines)('a case for another region on $name', ({ missing, start }) => {
  it.skipIf(missing)(
    '[P-20] goes to the platform of that region with sender, receiver, list and hashes; an arrival that differs is reported on both sides, a whole one is acknowledged',
    async () => {
      const [ours, theirs] = await Promise.all([start(), start()]);
      try {
        const kiosk: ContractRouterClient<typeof platformApi> = createORPCClient(
          new OpenAPILink(platformApi, { url: ours.platform.url }),
        );
        const { handOver: here } = officeClient(ours.platform.url);
        const { handOver: there, cases } = officeClient(theirs.platform.url);
        const pack = (homeRegion: string, mode: 'collect-and-forward' | 'all-online' = 'collect-and-forward') =>
          here.pack({ headers: keyed(), body: { ...hands, caseId, mode, homeRegion } });
        const receive = (sent: HandOverPackage, region = '990102') =>
          there.receive({ headers: keyed(), body: { officer: hands.officer, region, package: sent } });

        await expect(pack('990102')).rejects.toMatchObject(refused('unknown-case'));
        await ours.platform.publishCatalogue('20261123', [item]);
        await kiosk.submitCase({ headers: keyed(), body: caseExample });
        await expect(pack('990102')).rejects.toMatchObject(refused('pages-missing'));
        expect(await uploadScan(ours.platform.url, pageExample)).toBe(201);
        await expect(pack('990103')).rejects.toMatchObject(refused('not-offered'));
        const { packageId, manifestHash } = await pack('990102');
        await expect(pack('990102')).rejects.toMatchObject(refused('packed-before'));
        const sent = await here.fetch({ packageId });
        expect(sent.manifest).toMatchObject({ caseId, from: '990101', to: '990102', mode: 'collect-and-forward' });
        expect(sent.manifest.entries.map(({ name }) => name)).toEqual(['payload', 'content', `page/${pageExample.id}`]);
        const parts = [sent.payload, sent.content, exampleImage].map((part) => Buffer.from(part));
        expect(sent.manifest.entries.map(({ sha256, bytes }) => [sha256, bytes])).toEqual(
          parts.map((part) => [createHash('sha256').update(part).digest('hex'), part.length]),
        );
        const state = async () =>
          (await here.trail({ caseId })).lines.map((line) => [line.state, line.mismatches.length]);
        expect(await state()).toEqual([['packed', 0]]);
        expect(JSON.parse(sent.payload)).toMatchObject({
          collects: hands.here,
          decides: hands.home,
          envelope: { sealNumber: 'F-0001', contents: [{ material: 'PHOTO-01', sheets: 1 }] },
        });

        // Whatever part of it is not what it was, nothing of it is taken.
        const [page] = sent.pages;
        if (!page) throw new Error('the package has a page');
        const image = Buffer.from(page.image, 'base64');
        image[10] = (image[10] ?? 0) ^ 1;
        const rehashed = (manifest: HandOverPackage['manifest']) => ({
          ...sent,
          manifest,
          manifestHash: contentHash(manifest),
        });
        const damaged: HandOverPackage[] = [
          { ...sent, content: sent.content.replace('张示例', '张示列') },
          { ...sent, payload: sent.payload.replace('F-0001', 'F-0002') },
          { ...sent, pages: [{ ...page, image: image.toString('base64') }] },
          { ...sent, pages: [] },
          { ...sent, pages: [page, { ...page, id: randomUUID() }] },
          { ...sent, manifest: { ...sent.manifest, from: '990104' } },
          rehashed({ ...sent.manifest, caseId: randomUUID() }),
          rehashed({ ...sent.manifest, entries: sent.manifest.entries.slice(0, 2) }),
          rehashed({ ...sent.manifest, from: '990104' }),
        ];
        for (const broken of damaged) await expect(receive(broken)).rejects.toMatchObject(refused('damaged'));
        await expect(receive(sent, '990103')).rejects.toMatchObject(refused('not-for-here'));
        expect(await theirs.platform.received()).toMatchObject({ cases: [], scans: [] });
        // The receiver knows what came and how, and the sender once it is told: each by the part that differs.
        const { mismatches } = await there.arrivals({});
        expect(mismatches.every((one) => one.packageId === packageId)).toBe(true);
        expect(new Set(mismatches.map(({ part }) => part.replace(/^page\/.*/, 'page')))).toEqual(
          new Set(['content', 'payload', 'page', 'entries', 'manifest']),
        );
        expect(mismatches).toHaveLength(damaged.length);
        const report = (id: string) =>
          here.reportMismatch({
            headers: keyed(),
            body: { officer: hands.officer, packageId: id, part: `page/${page.id}` },
          });
        await expect(report(randomUUID())).rejects.toMatchObject(refused('unknown-package'));
        await report(packageId);
        expect(await state()).toEqual([['not-as-packed', 1]]);
        expect((await here.trail({ caseId })).lines).toMatchObject([{ mismatches: [{ part: `page/${page.id}` }] }]);
        // It is fetched again, as it was packed.
        expect(await here.fetch({ packageId })).toEqual(sent);

        const acknowledgement = await receive(sent);
        expect(acknowledgement).toMatchObject({
          packageId,
          manifestHash,
          officialNumber: expect.stringMatching(/^990102/),
        });
        // Taken in before: the same answer, and nothing twice.
        expect(await receive(sent)).toEqual(acknowledgement);
        const arrived = await theirs.platform.received();
        expect(arrived.cases).toMatchObject([
          { id: caseId, kioskId: 'REGION-990101', applicant: caseExample.applicant },
        ]);
        expect(arrived.scans).toMatchObject([{ id: pageExample.id, bytes: exampleImage.length }]);
        const office = item.department.creditCode;
        expect(await cases.read({ office, caseId })).toMatchObject({ state: 'handed-in', pagesMissing: 0 });

        const acknowledge = (change: Partial<typeof acknowledgement> = {}) =>
          here.acknowledge({
            headers: keyed(),
            body: { officer: hands.officer, acknowledgement: { ...acknowledgement, ...change } },
          });
        await expect(acknowledge({ packageId: randomUUID() })).rejects.toMatchObject(refused('unknown-package'));
        await expect(acknowledge({ manifestHash: 'a'.repeat(64) })).rejects.toMatchObject(refused('hash-differs'));
        await acknowledge();
        expect(await state()).toEqual([['acknowledged', 1]]);
        await expect(report(packageId)).rejects.toMatchObject(refused('acknowledged-before'));
        await expect(acknowledge()).rejects.toMatchObject(refused('acknowledged-before'));
        await expect(here.fetch({ packageId: randomUUID() })).rejects.toMatchObject({ code: 'UNKNOWN_PACKAGE' });

        const { officialNumber } = acknowledgement;
        expect((await here.trail({ caseId })).lines).toMatchObject([
          { packageId, direction: 'out', from: '990101', to: '990102', acknowledged: { officialNumber } },
        ]);
        expect((await there.trail({ caseId })).lines).toMatchObject([
          { packageId, direction: 'in', state: 'received', at: acknowledgement.receivedAt },
        ]);
        for (const [side, words] of [
          [ours, ['打包移交给办理地区', '办理地区已签收']],
          [theirs, ['收到外地移交的办件']],
        ] as const) {
          const shown = await (await fetch(`${side.platform.url}/office/overview`)).text();
          for (const word of words) expect(shown).toContain(word);
        }
      } finally {
        await Promise.all([ours.close(), theirs.close()]);
      }
    },
    60_000,
  );
});
