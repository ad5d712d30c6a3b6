import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { equalFields } from '../../src/domain/catalogue/twins.ts';
import { catalogueItem, type CatalogueItem } from '../../src/domain/item.ts';
import { SERVER_START_MS } from '../fixtures/case-bench.ts';
import { sampleCatalogueItem } from '../fixtures/life-event.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';

afterAll(closeEngines, SERVER_START_MS);

/** The items of the sample catalogue that a neighbouring region has as well, and those of that region. */
const neighbours = ['990102', '990103', '990201'].flatMap((region) => {
  const folder = join(import.meta.dirname, '../../resources/catalogue/regions', region);
  return readdirSync(folder).map((file) => catalogueItem.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
});
const own = ['birth-registration', 'senior-allowance', 'social-card', 'subsistence-allowance', 'id-card-renewal'];
const here = [...own, 'treatment-elsewhere'].map(sampleCatalogueItem);
const [twin] = neighbours.filter(
  ({ code }) => code.slice(2, 8) === '990102' && code.slice(19) === here[1]?.code.slice(19),
);
if (!twin) throw new Error('the sample catalogue has changed');
const [material, ...materials] = twin.materials;
const [basis, ...bases] = twin.guide.legalBasis;
const [step, ...steps] = twin.guide.flow;
if (!material || !basis || !step) throw new Error('the sample catalogue has changed');

const planted: Record<(typeof equalFields)[number], Partial<CatalogueItem>> = {
  name: { name: '长寿津贴' },
  type: { type: twin.type === '10' ? '05' : '10' },
  basis: { guide: { ...twin.guide, legalBasis: [{ ...basis, article: '第九十九条' }, ...bases] } },
  limits: { guide: { ...twin.guide, limits: { ...twin.guide.limits, legal: twin.guide.limits.legal + 1 } } },
  flow: { guide: { ...twin.guide, flow: [{ ...step, duration: '三十年' }, ...steps] } },
  materials: { materials: [{ ...material, copies: material.copies + 1 }, ...materials] },
  form: { fields: twin.fields.slice(1) },
};

describe.each(platformEngines)('the published catalogue of several regions on $name', ({ missing, start }) => {
  it.skipIf(missing)(
    '[P-28] is compared on the seven equal fields, and a difference planted in each of them is found',
    async () => {
      const stored = await start();
      try {
        const { catalogue } = officeClient(stored.platform.url);
        expect(await catalogue.twins({ regions: [] })).toEqual({ version: 0, compared: 0, differences: [] });
        await stored.platform.publishCatalogue('B0', [...here, ...neighbours]);
        const before = await catalogue.twins({ regions: [] });
        expect(before).toMatchObject({ version: 1, differences: [] });
        expect(before.compared).toBeGreaterThanOrEqual(5);
        for (const [index, field] of equalFields.entries()) {
          const others = neighbours.map((item) => (item === twin ? { ...twin, ...planted[field] } : item));
          await stored.platform.publishCatalogue(`B${index + 1}`, [...here, ...others]);
          const { version, differences } = await catalogue.twins({ regions: [] });
          expect([version, differences.map((one) => [one.field, one.codes[1]])]).toEqual([
            index + 2,
            [[field, twin.code]],
          ]);
          expect(differences[0]?.changes.length).toBeGreaterThan(0);
          // Between other regions nothing differs.
          expect((await catalogue.twins({ regions: ['990101', '990103'] })).differences).toEqual([]);
        }
      } finally {
        await stored.close();
      }
    },
    60_000,
  );
});
