import { z } from 'zod';
import { fieldsToHandIn, materialsToHandIn, type ApplicationDraft } from './application.ts';
import type { CrossRegionOffer } from './item-details.ts';
import { assertNever } from './result.ts';

const code6 = z.string().regex(/^\d{6}$/);
const office = z.strictObject({ creditCode: z.string().length(18), name: z.string() });
const commonShape = {
  itemCode: z.string(),
  itemVersion: z.int().positive(),
  /** Where the person is now, and whose office decides. */
  takenInAt: code6,
  homeRegion: code6,
  fields: z.record(z.string(), z.string()),
};

/** What travels for an application from elsewhere: one shape for each mode. */
export const crossRegionPayload = z.discriminatedUnion('mode', [
  /** 全程网办: goes straight to the home office, with the pages as scans; nothing on paper moves. */
  z.strictObject({ mode: z.literal('all-online'), ...commonShape, decides: office, materials: z.array(z.string()) }),
  /** 异地代收代办: the papers are collected here, sealed and sent there, with a list of what is in the envelope. */
  z.strictObject({
    mode: z.literal('collect-and-forward'),
    ...commonShape,
    collects: office,
    decides: office,
    envelope: z.strictObject({
      sealNumber: z.string(),
      waybill: z.string(),
      contents: z.array(z.strictObject({ material: z.string(), name: z.string(), sheets: z.int().nonnegative() })),
    }),
  }),
  /** 多地联办: one intake; each office does its step, in this order. */
  z.strictObject({
    mode: z.literal('joint'),
    ...commonShape,
    leads: office,
    steps: z.array(z.strictObject({ office, region: code6, does: z.string() })).min(2),
    materials: z.array(z.string()),
  }),
]);
export type CrossRegionPayload = z.infer<typeof crossRegionPayload>;
export type CrossRegionOffice = z.infer<typeof office>;

/** The offer that fits somebody's home region: the first that names it. None: the item has to be done there. */
export function offerFor(draft: ApplicationDraft, homeRegion: string): CrossRegionOffer | undefined {
  return draft.item.crossRegion?.find(({ regions }) => regions.includes(homeRegion));
}

/** What is known when an application from elsewhere is handed in. */
export interface CrossRegionPlace {
  readonly takenInAt: string;
  readonly homeRegion: string;
  /** The office here, and the one of the home region that carries the item out. */
  readonly here: CrossRegionOffice;
  readonly home: CrossRegionOffice;
  /** On the envelope; used by 异地代收代办 only. */
  readonly sealNumber: string;
  readonly waybill: string;
}

export function payloadFor(
  draft: ApplicationDraft,
  mode: CrossRegionOffer['mode'],
  place: CrossRegionPlace,
): CrossRegionPayload {
  const { takenInAt, homeRegion, here, home, sealNumber, waybill } = place;
  const { code: itemCode, version: itemVersion } = draft.item;
  const common = { itemCode, itemVersion, takenInAt, homeRegion, fields: fieldsToHandIn(draft) };
  const materials = materialsToHandIn(draft);
  const ids = materials.map(({ id }) => id);
  switch (mode) {
    case 'all-online':
      return { mode, ...common, decides: home, materials: ids };
    case 'collect-and-forward':
      return {
        mode,
        ...common,
        collects: here,
        decides: home,
        envelope: {
          sealNumber,
          waybill,
          contents: materials
            .filter(({ pages }) => pages.length > 0)
            .map(({ id, name, pages }) => ({ material: id, name, sheets: pages.length })),
        },
      };
    case 'joint':
      return {
        mode,
        ...common,
        leads: here,
        steps: [
          { office: here, region: takenInAt, does: 'accept' },
          { office: home, region: homeRegion, does: 'decide' },
        ],
        materials: ids,
      };
    default:
      return assertNever(mode);
  }
}
