import { expect, test } from 'vitest';
import { sampleItem, samplePerson } from '../../test/fixtures/sample-item.ts';
import { addPage, answerSituation, beginApplication, type ApplicationDraft } from './application.ts';
import { crossRegionPayload, offerFor, payloadFor } from './cross-region.ts';
import type { CrossRegionOffer } from './item-details.ts';

const offer = (mode: CrossRegionOffer['mode'], ...regions: string[]): CrossRegionOffer => ({
  scope: 'prefecture',
  mode,
  regions,
  meaning: '在这里交，那里办。',
  costs: '不收费',
  addedDays: 2,
});
const offers = [
  offer('all-online', '990102'),
  offer('collect-and-forward', '990103', '990102'),
  offer('joint', '990201'),
];

function filledIn(): ApplicationDraft {
  const draft = beginApplication({ ...sampleItem, crossRegion: offers }, samplePerson);
  const answered = answerSituation(draft, 'who', 'self');
  if (!answered.ok) throw new Error(answered.reason);
  const scanned = addPage(answered.value, 'M-BOOK', { id: 'page-1', sha256: 'a'.repeat(64) });
  if (!scanned.ok) throw new Error(scanned.reason);
  return scanned.value;
}

const here = { creditCode: '11990101MB00000193', name: '安澜县民政局' };
const home = { creditCode: '11990102MB0000025J', name: '临汀县民政局' };
const place = { takenInAt: '990101', homeRegion: '990102', here, home, sealNumber: 'F-0001', waybill: 'EX0001' };
const common = {
  itemCode: sampleItem.code,
  itemVersion: 1,
  takenInAt: '990101',
  homeRegion: '990102',
  fields: { fullName: '欧阳试样', sex: '2', birth: '1943-12-31' },
};

test('[C-40] three modes make three shapes of what travels, and each fits the published schema', () => {
  const draft = {
    ...filledIn(),
    values: { ...filledIn().values, birth: { value: '1943-12-31', source: 'person' as const } },
  };
  const made = (['all-online', 'collect-and-forward', 'joint'] as const).map((mode) => payloadFor(draft, mode, place));
  expect(made).toStrictEqual([
    { mode: 'all-online', ...common, decides: home, materials: ['M-ID', 'M-FORM', 'M-BOOK'] },
    {
      mode: 'collect-and-forward',
      ...common,
      collects: here,
      decides: home,
      envelope: {
        sealNumber: 'F-0001',
        waybill: 'EX0001',
        contents: [{ material: 'M-BOOK', name: '户口簿', sheets: 1 }],
      },
    },
    {
      mode: 'joint',
      ...common,
      leads: here,
      steps: [
        { office: here, region: '990101', does: 'accept' },
        { office: home, region: '990102', does: 'decide' },
      ],
      materials: ['M-ID', 'M-FORM', 'M-BOOK'],
    },
  ]);
  for (const payload of made) expect(crossRegionPayload.parse(payload)).toStrictEqual(payload);
});

test('the first offer for the home region counts; without one the item is done there', () => {
  const draft = filledIn();
  expect(offerFor(draft, '990102')?.mode).toBe('all-online');
  expect(offerFor(draft, '990103')?.mode).toBe('collect-and-forward');
  expect(offerFor(draft, '990201')?.mode).toBe('joint');
  expect(offerFor(draft, '980000')).toBeUndefined();
  expect(offerFor(beginApplication(sampleItem, samplePerson), '990102')).toBeUndefined();
});
