import { z } from 'zod';
import { partOutcomes } from '../domain/case/composite-state.ts';
import { sideNote } from '../domain/case/side-records.ts';
import { reviewStamp } from '../domain/item-details.ts';
import { progressStage } from './progress-stage.ts';
import { instant } from './word.ts';

/** What the platform tells a kiosk: changes to its own cases, news for the hall, and its configuration. */

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** Stages of a case that the platform knows; the other two are the kiosk's own words. */
export const platformStage = progressStage.exclude(['waiting-to-send', 'needs-staff']);

/** Where one part of an 一件事 stands. */
const casePart = z.object({
  /** Its own. Progress finds the whole by it; what the applicant does under it is done to this part only. */
  number: text(64),
  name: text(200),
  department: text(200),
  stage: platformStage,
  /** Once it is decided. */
  outcome: z.enum(partOutcomes).optional(),
  /** What its department said with that; as for the result of a case, without anything personal. */
  text: text(500).optional(),
  waitsFor: z.enum(['applicant', 'department', 'nobody']),
});
export type CasePart = z.infer<typeof casePart>;
/** Of an 一件事, all of them. */
const parts = z.array(casePart).optional();

const caseState = z.object({
  caseId: z.uuid(),
  stage: platformStage,
  parts,
  /** With the decision. `text` is plain words for the person, without anything personal: a page shows it to whoever has the number. */
  result: z.object({ outcome: z.enum(['granted', 'refused', 'withdrawn']), text: text(500).optional() }).optional(),
});

/**
 * 补正: everything that is missing, told at once (行政许可法, 第三十二条: within five days, 一次告知). A later notice about the
 * same case takes its place, and so does the case's next state.
 */
const supplement = z.object({
  caseId: z.uuid(),
  /** All defects; as for results, without anything personal. */
  defects: z
    .array(
      z.object({
        /** Id and version of the published rule behind it. */
        rule: text(64).optional(),
        /** What may be supplied for it: ids of questions and materials, names of fields. None: anything. Absent: not said. */
        on: z.array(text(64)).optional(),
        material: text(200).optional(),
        what: text(500),
        how: text(500).optional(),
      }),
    )
    .min(1),
  /** When it was given, by the platform's clock: tells one notice about a case from the next. */
  givenAt: instant.optional(),
  /** YYYY-MM-DD: the last day to bring it. */
  dueDay: z.iso.date().optional(),
  parts,
});

/** When and where the person is expected about a case; a later one takes its place. */
const appointment = z.object({
  caseId: z.uuid(),
  startsAt: instant,
  place: text(200),
  cancelled: z.boolean().optional(),
});

/** Where the parcels, bills and sealed documents of a case stand, all of them; a later one takes its place. */
const sideRecords = z.object({ caseId: z.uuid(), records: z.array(sideNote) });

/** For everybody in the hall. One with the same `announcement` id takes the place of the one before. */
const announcement = z.object({
  announcement: z.uuid(),
  title: text(60),
  text: text(500),
  from: instant,
  until: instant,
  /** Of the secrecy review. Without it, or when it found it classified, the platform publishes nothing and a kiosk shows nothing. */
  review: reviewStamp.optional(),
});

export type Announcement = z.infer<typeof announcement>;

/** Kinds this version understands. Contents are not strict: a newer platform may say more. */
export const knownChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case-state'), content: caseState }),
  z.object({ kind: z.literal('supplement'), content: supplement }),
  z.object({ kind: z.literal('appointment'), content: appointment }),
  z.object({ kind: z.literal('side-records'), content: sideRecords }),
  z.object({ kind: z.literal('announcement'), content: announcement }),
  /** A signed statement, see `signed-config.ts`; checked by its reader, who reports what is wrong with it. */
  z.object({ kind: z.literal('configuration'), content: z.record(z.string(), z.unknown()) }),
]);
export type KnownChange = z.infer<typeof knownChange>;

/** One change, whatever its kind: a kiosk keeps what it does not understand and goes on. */
export const change = z.object({
  /** Makes it the same change however often it comes. */
  id: z.uuid(),
  kind: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** When it was published, by the platform's clock. */
  at: instant,
  content: z.record(z.string(), z.unknown()),
});
export type Change = z.infer<typeof change>;

/** Where a kiosk is in its list; says nothing to anybody but the platform. Empty at the beginning. */
export const changeCursor = z.string().regex(/^[0-9a-f-]{0,80}$/);

/** The changes after a cursor, in their order; `next` is the cursor for what follows. */
export const changePage = z.object({
  changes: z.array(change),
  next: changeCursor,
  /** There is more already. */
  more: z.boolean(),
});
export type ChangePage = z.infer<typeof changePage>;

/** What a person who asks after a case is told beside its numbers. */
export const caseNews = z.object({
  result: caseState.shape.result,
  supplement: supplement.omit({ caseId: true, parts: true }).optional(),
  appointment: appointment.omit({ caseId: true, cancelled: true }).optional(),
  records: sideRecords.shape.records.optional(),
  parts,
});
export type CaseNews = z.infer<typeof caseNews>;

/** Where a case stands after all changes about it, given in their order. `stage` is absent when none told it. */
export function newsOf(
  changes: readonly KnownChange[],
  now: Date,
): CaseNews & { readonly stage?: z.infer<typeof platformStage> } {
  const news: CaseNews & { stage?: z.infer<typeof platformStage> } = {};
  for (const { kind, content } of changes) {
    if ((kind === 'case-state' || kind === 'supplement') && content.parts) news.parts = content.parts;
    if (kind === 'case-state') {
      news.stage = content.stage;
      delete news.supplement;
      if (content.result) news.result = content.result;
      // A decision that is looked at again is none until it is made anew.
      else if (content.stage !== 'decided' && content.stage !== 'delivered') delete news.result;
    } else if (kind === 'supplement') {
      const { caseId: _caseId, parts: _parts, ...notice } = content;
      news.supplement = notice;
    } else if (kind === 'side-records') {
      news.records = content.records;
    } else if (kind === 'appointment') {
      const { caseId: _caseId, cancelled, ...date } = content;
      delete news.appointment;
      if (cancelled !== true && Date.parse(date.startsAt) > now.getTime()) news.appointment = date;
    }
  }
  return news;
}
