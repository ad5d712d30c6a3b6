import { z } from 'zod';
import { caseStates } from '../../domain/case/states.ts';
import { caseStep } from '../../domain/case/trail.ts';
import { specialProcedures, type SpecialProcedure } from '../../domain/limits/special-procedures.ts';
import { caseSubmission } from '../platform-api.ts';
import { officeHeaders, officer, officeRead, officeWrite } from './office-call.ts';
import { instant } from '../word.ts';

/** Plain words for the applicant, without anything personal: a page shows them to whoever has the number. */
const words = z.string().trim().min(1).max(500);
const officeCode = z.string().trim().min(1).max(64);
const state = z.enum(caseStates);

/** One thing that is missing or wrong, as the notice says it. */
export const noticeDefect = z.strictObject({
  /** Id and version of the published rule, such as `pre-review.field-wrong@1` or the office's own. */
  rule: z.string().trim().min(1).max(64),
  /** Ids of materials and questions, names of fields: all that the rule looked at, and what may be supplied then. None: all of it. */
  on: z.array(z.string().min(1).max(64)),
  material: z.string().trim().min(1).max(200).optional(),
  what: words,
  how: words.optional(),
});
export type NoticeDefect = z.infer<typeof noticeDefect>;

/** Who made a step: an officer, the applicant at a kiosk, or the platform by published rules. */
const stepMaker = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('officer'), ...officer.shape }),
  z.strictObject({ kind: z.literal('applicant'), kioskId: z.string() }),
  z.strictObject({ kind: z.literal('rules'), rules: z.enum(['pre-review', 'instant-approval']) }),
]);

/** A line of the trail as it is kept: what, when, by whom, and what the applicant was told with it. */
export const trailLine = z.strictObject({
  ...caseStep.shape,
  maker: stepMaker,
  text: words.optional(),
  defects: z.array(noticeDefect).optional(),
  dueDay: z.iso.date().optional(),
});
export type TrailLine = z.infer<typeof trailLine>;

const procedure = z
  .enum(Object.keys(specialProcedures) as [SpecialProcedure, ...SpecialProcedure[]])
  .exclude(['extension']);

/** What a department does with a case. Who does not accept or approve says why (行政许可法 art. 38). */
export const officeMove = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('ask-supplement'),
    defects: z.array(noticeDefect),
    /** The last day to bring it. */
    dueDay: z.iso.date().optional(),
  }),
  z.strictObject({ event: z.literal('accept') }),
  z.strictObject({ event: z.literal('refuse-acceptance'), text: words }),
  z.strictObject({ event: z.literal('start-review') }),
  z.strictObject({ event: z.literal('start-special-procedure'), procedure }),
  z.strictObject({ event: z.literal('end-special-procedure') }),
  /** By so many working days. */
  z.strictObject({ event: z.literal('extend'), extendedBy: z.int().positive().max(60) }),
  z.strictObject({ event: z.literal('approve'), text: words.optional() }),
  z.strictObject({ event: z.literal('reject'), text: words }),
  z.strictObject({ event: z.literal('make-certificate') }),
  z.strictObject({ event: z.literal('deliver') }),
  z.strictObject({ event: z.literal('close') }),
]);
export type OfficeMove = z.infer<typeof officeMove>;

export const caseLine = z.object({
  caseId: z.uuid(),
  officialNumber: z.string(),
  itemCode: z.string(),
  itemName: z.string(),
  /** Masked, as `欧*`. */
  applicant: z.string(),
  receivedAt: instant,
  state,
  waitsFor: z.enum(['applicant', 'department', 'nobody']),
  /** Scans that were announced and have not come. */
  pagesMissing: z.int().nonnegative(),
  /** The last day of the step it is at, and 办件预警; absent when none runs. */
  dueDay: z.iso.date().optional(),
  warning: z.enum(['none', 'yellow', 'red', 'stopped']).optional(),
});
export type CaseLine = z.infer<typeof caseLine>;

/** A decision by rules with the facts that they looked at, as it was made. */
export const keptDecision = z.object({
  decision: z.enum(['approved', 'refused', 'human-review']),
  ruleVersion: z.int().positive(),
  decidedAt: instant,
  trace: z.array(
    z.object({
      rule: z.string(),
      says: z.string(),
      outcome: z.enum(['holds', 'fails', 'unknown']),
      seen: z.array(z.object({ fact: z.string(), value: z.union([z.string(), z.number(), z.boolean()]).nullable() })),
    }),
  ),
});
export type KeptDecision = z.infer<typeof keptDecision>;

/** A ground that could have been told in an earlier round: rules and places only. */
const lateGround = z.object({
  caseId: z.uuid(),
  round: z.int().positive(),
  grounds: z.array(z.object({ rule: z.string(), on: z.array(z.string()) })),
  at: instant,
  officer,
});
export type LateGround = z.infer<typeof lateGround>;

const read = officeRead.errors({ OTHER_DEVICE: { status: 403 } });

/** Departments and their cases: the office is the credit code of the department whose item it is. */
export const casesCalls = {
  list: read
    .route({
      method: 'POST',
      path: '/cases/list',
      summary: "A department's cases, in the order of their official numbers",
    })
    .input(
      z.strictObject({
        office: officeCode,
        /** All when none is named. */
        states: z.array(state),
        /** The last official number of the page before; empty for the first. */
        after: z.string().max(64),
      }),
    )
    .output(z.object({ cases: z.array(caseLine), more: z.boolean() })),
  read: read
    .errors({ UNKNOWN_CASE: { status: 404 } })
    .route({ method: 'POST', path: '/cases/read', summary: 'One case with its content and its trail' })
    .input(z.strictObject({ office: officeCode, caseId: z.uuid() }))
    .output(
      caseLine.extend({
        /** As it is after all supplements. */
        content: caseSubmission.omit({ signature: true }),
        trail: z.array(trailLine),
        decision: keptDecision.optional(),
      }),
    ),
  reviews: read
    .route({
      method: 'POST',
      path: '/cases/reviews',
      summary: 'Cases that rules left to a person, or whose applicant asked for one; decided by approve or reject',
    })
    .input(z.strictObject({ office: officeCode }))
    .output(
      z.object({
        reviews: z.array(caseLine.extend({ askedBy: z.enum(['rules', 'applicant']), decision: keptDecision })),
      }),
    ),
  move: officeWrite([
    'unknown-case',
    /** The case is another department's. */
    'other-office',
    /** An 一件事: its parts are moved, each by its own department, and the whole by them. */
    'decided-in-parts',
    /** Announced scans have not come: it cannot be accepted, refused or found fault with. */
    'pages-missing',
    'case-is-over',
    'not-from-here',
    'extended-before',
    'nothing-to-notice',
    'ground-twice',
    /** Grounds that could have been told before; supervision is told of them. */
    'late-grounds',
  ])
    .route({
      method: 'POST',
      path: '/cases/move',
      summary: 'Move a case on; the kiosk that it came from is told',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, caseId: z.uuid(), move: officeMove }) }))
    .output(caseLine),
  lateGrounds: read
    .route({ method: 'POST', path: '/cases/late-grounds', summary: 'For supervision: grounds that were told too late' })
    .input(z.strictObject({ office: officeCode }))
    .output(z.object({ events: z.array(lateGround) })),
};
