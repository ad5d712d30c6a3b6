import type { EventLog } from '../../contract/log.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import { preReview, type Defect } from '../../domain/notice/pre-review.ts';
import type { AtHand } from '../../domain/proofs/substitution.ts';
import { findUsable } from '../certificates/certificate-records.ts';
import { describeError } from '../errors.ts';
import { checksOf } from '../network-checks/check-records.ts';
import type { SubjectDeps } from '../subject.ts';
import { readCaseFile, readParts, type CaseFile } from './case-file.ts';
import { readItem } from './case-item.ts';
import { decidable, decidablePart, decide, type Decidable } from './instant.ts';
import { proofLists } from './proof-lists.ts';
import type { Register } from './register.ts';
import { readRound } from './rounds.ts';
import { mustTakeStep } from './take-step.ts';
import { roundOf, tellDefects, tellParts } from './tell-defects.ts';

/** What the platform does by itself with a case whose last page has arrived: pre-review, then 秒批 where the item, or that of a part, has rules for it. */
export interface Desk {
  /** Something of a case arrived. Looks it through when it is complete; a failure is logged, and made good by {@link Desk.catchUp}. */
  arrived(caseId: string): Promise<void>;
  /** Looks through what was left when a process ended between an arrival and this. */
  catchUp(): Promise<void>;
}

export interface DeskDeps extends Pick<SubjectDeps, 'database' | 'faults' | 'clock' | 'identities'> {
  readonly register: Register;
  readonly log: EventLog;
}

/** Complete, not in anybody's hand yet, and of an item whose rules are here. Parts of an 一件事 are looked through with the whole. */
const due = `state = 'handed-in' AND parent_id IS NULL
  AND EXISTS (SELECT 1 FROM catalogue_entry WHERE code = case_record.item_code)
  AND NOT EXISTS (SELECT 1 FROM page WHERE case_id = case_record.id AND page.received_at IS NULL)`;

export function createDesk(deps: DeskDeps): Desk {
  const { database, log } = deps;
  const arrived: Desk['arrived'] = async (caseId) => {
    try {
      const isDue = await database.get(`SELECT 1 AS found FROM case_record WHERE id = $1 AND ${due}`, [caseId]);
      if (isDue) await lookThrough(deps, caseId);
    } catch (error) {
      log('platform.failed', { call: 'pre-review', detail: describeError(error) });
    }
  };
  return {
    arrived,
    async catchUp() {
      const left = await database.all<{ id: string }>(
        `SELECT id FROM case_record WHERE ${due} AND (SELECT count(*) FROM case_round WHERE case_id = case_record.id)
           <= (SELECT count(*) FROM case_supply WHERE case_id = case_record.id)`,
      );
      for (const { id } of left) await arrived(id);
    },
  };
}

async function lookThrough(deps: DeskDeps, caseId: string): Promise<void> {
  const { database, register, faults, clock } = deps;
  const file = await readCaseFile(database, caseId);
  const item = file && (await readItem(database, file.content.itemCode, file.content.itemVersion));
  if (!file || !item) return;
  // The registers are asked outside the transaction, which waits for nobody but the store.
  const now = clock.now();
  const asked = faults.current.kind === 'registers-silent' ? silent : register;
  const defects = await defectsOf(deps, file, item, asked);
  const instant = defects.length === 0 && !file.isComposite ? await decidable(item, file, asked, now) : undefined;
  const parts = file.isComposite ? await decidableParts(deps, file, item, asked, now) : new Map<string, Decidable>();
  await database.transaction(async (sql) => {
    const present = await readCaseFile(sql, caseId);
    const isSame = present?.round === file.round && present.trail.state === 'handed-in';
    if (!isSame || (await readRound(sql, present))) return;
    if (present.isComposite) return tellParts(sql, present, item, defects, parts, now);
    const told = await tellDefects(sql, present, defects, now);
    if (!told && instant) await decide(sql, present, instant, now, mustTakeStep);
  });
}

const silent: Register = {
  factsAbout: async () => ({}),
  certificatesOf: async () => [],
  creditOf: async () => 'unknown',
  verify: async () => undefined,
};

/** Those parts of an 一件事 whose own items have rules, as they are in this round; see {@link roundOf}. */
async function decidableParts(
  { database }: DeskDeps,
  { id }: CaseFile,
  whole: CatalogueItem,
  register: Register,
  now: Date,
): Promise<ReadonlyMap<string, Decidable>> {
  const found = new Map<string, Decidable>();
  for (const part of await readParts(database, id)) {
    const { itemCode, itemVersion } = part.content;
    const item = await readItem(database, itemCode, itemVersion);
    const one = item && (await decidablePart(whole, item, part, register, now));
    if (one) found.set(roundOf(part), one);
  }
  return found;
}

async function defectsOf(
  deps: DeskDeps,
  file: CaseFile,
  item: CatalogueItem,
  register: Register,
): Promise<readonly Defect[]> {
  const { applicant, situations, fields, materials } = file.content;
  const pictures = Object.fromEntries(materials.map(({ id, pages }) => [id, pages.length]));
  const known = await register.certificatesOf(applicant.idNumber);
  const eCertificates = [...known, ...(await handedInCertificates(deps, file))];
  const today = hallDay(file.roundAt);
  const commitments = materials.flatMap(({ id, commitment }) => (commitment ? [id] : []));
  const credit =
    commitments.length === 0 ? 'unknown' : await register.creditOf((number) => number === applicant.idNumber);
  const content = { answers: situations, fields, pictures, commitments };
  const verified = await checksOf(deps.database, file.id, deps.identities.subjectOf('person', applicant.idNumber));
  return preReview(item, content, { eCertificates, today, credit, verified }, proofLists);
}

/** Certificates that the applicant let stand for materials, as the library has them now. */
async function handedInCertificates(
  { database, identities }: DeskDeps,
  { content: { applicant, materials } }: CaseFile,
): Promise<AtHand['eCertificates']> {
  const subject = identities.subjectOf('person', applicant.idNumber);
  const kept: AtHand['eCertificates'][number][] = [];
  for (const { certificate } of materials) {
    const one = certificate === undefined ? undefined : await findUsable(database, subject, certificate);
    if (!one) continue;
    const { id, type, validTo } = one.content;
    kept.push({ id, type, state: one.state, ...(validTo !== undefined && { validTo }) });
  }
  return kept;
}
