import { z } from 'zod';
import { fieldsToHandIn, materialsToHandIn, type ApplicationDraft } from './application.ts';
import type { CatalogueItem } from './item.ts';
import type { CrossRegionChoice, CrossRegionOffer } from './item-details.ts';
import { assertNever, done, refused, type Result } from './result.ts';
import { applicableMaterials } from './situations.ts';

const code6 = z.string().regex(/^\d{6}$/);
export const crossRegionOffice = z.strictObject({ creditCode: z.string().length(18), name: z.string() });
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
  z.strictObject({
    mode: z.literal('all-online'),
    ...commonShape,
    decides: crossRegionOffice,
    materials: z.array(z.string()),
  }),
  /** 异地代收代办: the papers are collected here, sealed and sent there, with a list of what is in the envelope. */
  z.strictObject({
    mode: z.literal('collect-and-forward'),
    ...commonShape,
    collects: crossRegionOffice,
    decides: crossRegionOffice,
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
    leads: crossRegionOffice,
    steps: z.array(z.strictObject({ office: crossRegionOffice, region: code6, does: z.string() })).min(2),
    materials: z.array(z.string()),
  }),
]);
export type CrossRegionPayload = z.infer<typeof crossRegionPayload>;
export type CrossRegionOffice = z.infer<typeof crossRegionOffice>;

/** The ways in which an item is done here for somebody of that home region. None: it has to be done there. */
export function offersFor(
  { crossRegion = [] }: Pick<CatalogueItem, 'crossRegion'>,
  homeRegion: string,
): CrossRegionOffer[] {
  return crossRegion.filter(({ regions }) => regions.includes(homeRegion));
}

/** Takes one of the offers; without a choice the item is one of this place again. */
export function chooseCrossRegion(
  draft: ApplicationDraft,
  choice: CrossRegionChoice | undefined,
): Result<ApplicationDraft, 'not-offered'> {
  const { crossRegion: _before, ...local } = draft;
  if (!choice) return done(local);
  const isOffered = offersFor(draft.item, choice.homeRegion).some(({ mode }) => mode === choice.mode);
  return isOffered ? done({ ...local, crossRegion: choice }) : refused('not-offered');
}

/** What will travel for an application as it stands, in the words of its materials. */
export interface CrossRegionOutline {
  /** Whose offices do something, in their order: this place's, or those of the home region. */
  readonly acts: readonly ('here' | 'home')[];
  /** Materials whose scans or data go over the network. */
  readonly online: readonly string[];
  /** Papers that are collected here and sealed into the envelope. */
  readonly envelope: readonly string[];
}

/** The shape of {@link crossRegionPayload} before anything is filled in: who acts, and what goes which way. */
export function outlineOf(draft: ApplicationDraft, mode: CrossRegionOffer['mode']): CrossRegionOutline {
  const materials = applicableMaterials(draft.item, draft.answers);
  const names = materials.map(({ name }) => name);
  switch (mode) {
    case 'all-online':
      return { acts: ['home'], online: names, envelope: [] };
    case 'collect-and-forward': {
      const papers = materials.filter(({ source }) => source === 'scan').map(({ name }) => name);
      return { acts: ['here', 'home'], online: names.filter((name) => !papers.includes(name)), envelope: papers };
    }
    case 'joint':
      return { acts: ['here', 'home'], online: names, envelope: [] };
    default:
      return assertNever(mode);
  }
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

export interface CrossRegionContent {
  readonly itemCode: string;
  readonly itemVersion: number;
  readonly fields: Record<string, string>;
  readonly materials: readonly { readonly id: string; readonly name: string; readonly pages: readonly unknown[] }[];
}

export function payloadFor(
  draft: ApplicationDraft,
  mode: CrossRegionOffer['mode'],
  place: CrossRegionPlace,
): CrossRegionPayload {
  const { code: itemCode, version: itemVersion } = draft.item;
  const content = { itemCode, itemVersion, fields: fieldsToHandIn(draft), materials: materialsToHandIn(draft) };
  return payloadOf(content, mode, place);
}

/** The same for what was handed in already. */
export function payloadOf(
  { itemCode, itemVersion, fields, materials }: CrossRegionContent,
  mode: CrossRegionOffer['mode'],
  place: CrossRegionPlace,
): CrossRegionPayload {
  const { takenInAt, homeRegion, here, home, sealNumber, waybill } = place;
  const common = { itemCode, itemVersion, takenInAt, homeRegion, fields };
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
