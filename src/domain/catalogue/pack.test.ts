import { expect, test } from 'vitest';
import { sampleItem } from '../../../test/fixtures/sample-item.ts';
import { buildPack, cataloguePack } from './pack.ts';

const { review, ...unstamped } = sampleItem;
if (!review) throw new Error('the sample item has changed');
const other = { ...sampleItem, code: '11990101MB000001934990500000000' };

test('[S-13] refuses to pack what has no stamp of a secrecy review, and names it', () => {
  expect(buildPack('2026-18', [other, unstamped])).toStrictEqual({
    ok: false,
    reason: 'unstamped',
    detail: unstamped.code,
  });
});

test('[S-13] refuses to pack what the review found classified', () => {
  const classified = { ...sampleItem, review: { ...review, verdict: 'classified' as const } };
  expect(buildPack('2026-18', [classified])).toMatchObject({ reason: 'classified', detail: sampleItem.code });
});

test('packs the rest in the order of the codes, as its own schema reads it', () => {
  const built = buildPack('2026-18', [sampleItem, other]);
  expect(built).toMatchObject({
    ok: true,
    value: { batch: '2026-18', items: [{ code: other.code }, { code: sampleItem.code }] },
  });
  expect(built.ok && cataloguePack.safeParse(built.value).success).toBe(true);
  expect(buildPack('2026-18', [other, sampleItem])).toStrictEqual(built);
});
