import { expect, test } from 'vitest';
import { sampleItem, samplePerson } from '../../test/fixtures/sample-item.ts';
import { addPage, answerSituation, beginApplication, type ApplicationDraft } from './application.ts';
import { chooseCrossRegion, crossRegionPayload, offersFor, outlineOf, payloadFor } from './cross-region.ts';
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

test('each region has its offers; without one the item is done there', () => {
  const modes = (region: string) => offersFor({ crossRegion: offers }, region).map(({ mode }) => mode);
  expect(modes('990102')).toEqual(['all-online', 'collect-and-forward']);
  expect(modes('990103')).toEqual(['collect-and-forward']);
  expect(modes('990201')).toEqual(['joint']);
  expect(modes('980000')).toEqual([]);
  expect(offersFor(sampleItem, '990102')).toEqual([]);
});

test('one of the offers is chosen, nothing else, and the choice can be taken back', () => {
  const draft = filledIn();
  const choice = { homeRegion: '990102', mode: 'collect-and-forward' } as const;
  const chosen = chooseCrossRegion(draft, choice);
  expect(chosen).toStrictEqual({ ok: true, value: { ...draft, crossRegion: choice } });
  if (chosen.ok) expect(chooseCrossRegion(chosen.value, undefined)).toStrictEqual({ ok: true, value: draft });
  for (const other of [
    { homeRegion: '990102', mode: 'joint' },
    { homeRegion: '980000', mode: 'all-online' },
  ] as const)
    expect(chooseCrossRegion(draft, other)).toMatchObject({ ok: false, reason: 'not-offered' });
});

test('what will travel is told before anything is filled in', () => {
  const draft = filledIn();
  const all = ['身份证', '申请表', '户口簿'];
  expect(outlineOf(draft, 'all-online')).toEqual({ acts: ['home'], online: all, envelope: [] });
  expect(outlineOf(draft, 'joint')).toEqual({ acts: ['here', 'home'], online: all, envelope: [] });
  expect(outlineOf(draft, 'collect-and-forward')).toEqual({
    acts: ['here', 'home'],
    online: ['身份证', '申请表'],
    envelope: ['户口簿'],
  });
});
