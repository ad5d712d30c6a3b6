import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { CaseSubmission } from '../../contract/platform-api.ts';
import { fieldsToHandIn, materialsToHandIn, type ApplicationDraft, type DraftPage } from '../../domain/application.ts';
import { splitIntoParts } from '../../domain/composite.ts';
import type { CardPerson } from '../../domain/identity.ts';
import { maskPerson } from '../../domain/masking.ts';
import { makeProvisionalNumber } from '../../domain/provisional-number.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import type { ClockDrift } from '../audit/clock-drift.ts';
import { dayOf, hallDay, hallTime } from '../hall-time.ts';
import { makeReceiptCode, makeUuidV7, type Random } from '../identifiers.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { turnOfCase } from '../outbox/turn.ts';
import type { HandedInCase } from '../session/visits.ts';
import type { Seal } from '../store/seal.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import { writePayload } from '../sync/outgoing.ts';
import type { CaseRecords } from './case-records.ts';

export interface IntakeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: KioskConfig;
  readonly transact: Transact;
  readonly cases: CaseRecords;
  readonly outbox: Outbox;
  readonly seal: Seal;
  readonly audit: Audit;
  readonly clockDrift: Pick<ClockDrift, 'mark'>;
}

export interface FinishedApplication {
  readonly draft: ApplicationDraft;
  readonly person: CardPerson;
  /** PNG, base64 */
  readonly signature: string;
}

/**
 * Commits a finished application: case, one delivery for it and one for each page, in one transaction. When this answers
 * `ok` the case is on the disk itself; when not, nothing of it is. `numbers-used-up`: no provisional number is left today.
 */
export function handIn(
  deps: IntakeDeps,
  application: FinishedApplication,
): Result<HandedInCase, WriteFailure | 'numbers-used-up'> {
  const { clock, random, log, config, transact, cases, outbox, seal, audit, clockDrift } = deps;
  const now = clock.now();
  if (!hasNumber(deps)) return refused('numbers-used-up');
  const numbers = {
    id: application.draft.caseId ?? makeUuidV7(now, random),
    receiptCode: makeReceiptCode(random),
    handedInAt: hallTime(now),
  };
  const day = dayOf(numbers.handedInAt);
  const written = transact(() => {
    const provisionalNumber = makeProvisionalNumber(config.kioskId, day, cases.takeSerial(day));
    const submission = composeSubmission(config, application, { ...numbers, provisionalNumber, ...clockDrift.mark });
    cases.add(submission);
    const turn = turnOfCase(now, application.draft.item.guide.limits.promised);
    const row = { caseId: submission.id, createdAt: numbers.handedInAt, firstAttemptAt: now.getTime(), turn };
    const payload = seal.seal(writePayload(submission), submission.id);
    outbox.add({ ...row, id: submission.id, position: 0, step: 'case', payload });
    for (const [index, { id, material, sha256 }] of pagesOf(submission).entries()) {
      const content = writePayload({ id, caseId: submission.id, material, sha256 });
      outbox.add({ ...row, id, position: index + 1, step: 'scan', payload: seal.seal(content, id) });
    }
    audit.append({ who: 'kiosk', what: 'case-handed-in', target: submission.id, outcome: 'committed' });
    return submission;
  });
  if (!written.ok) {
    log('core.write-failed', { what: 'case', cause: written.reason });
    return written;
  }
  log('core.case-committed', { record: written.value.id, pages: pagesOf(written.value).length });
  return done(describe(config, application, written.value));
}

/** Whether another case can be numbered today. */
export function hasNumber({ cases, clock }: Pick<IntakeDeps, 'cases' | 'clock'>): boolean {
  return cases.serialsLeft(hallDay(clock.now())) > 0;
}

/** Every page of a case with its material, in the order they are sent. */
export function pagesOf(submission: CaseSubmission): (DraftPage & { material: string })[] {
  return submission.materials.flatMap(({ id, pages }) => pages.map((page) => ({ ...page, material: id })));
}

function composeSubmission(
  config: KioskConfig,
  { draft, person, signature }: FinishedApplication,
  numbers: Pick<CaseSubmission, 'id' | 'receiptCode' | 'handedInAt' | 'provisionalNumber' | 'clockSuspect'>,
): CaseSubmission {
  const { item, answers, crossRegion } = draft;
  return {
    ...numbers,
    ...(crossRegion && { crossRegion }),
    kioskId: config.kioskId,
    hallCode: config.hall.code,
    itemCode: item.code,
    itemVersion: item.version,
    itemName: item.name,
    department: item.department.name,
    applicant: { name: person.name, idNumber: person.idNumber },
    situations: { ...answers },
    fields: fieldsToHandIn(draft),
    materials: materialsToHandIn(draft),
    signature,
    parts: splitIntoParts(draft),
  };
}

function describe(config: KioskConfig, application: FinishedApplication, submission: CaseSubmission): HandedInCase {
  const { item } = application.draft;
  const { provisionalNumber, handedInAt, itemName, receiptCode } = submission;
  const partNames = submission.parts.map(({ name }) => name);
  return {
    caseId: submission.id,
    answer: {
      provisionalNumber,
      handedInAt,
      itemName,
      receiptCode,
      promisedDays: item.guide.limits.promised,
      partNames,
      phone: config.hall.phone,
    },
    receipt: {
      hallName: config.hall.name,
      provisionalNumber,
      itemName,
      partNames,
      department: item.department.name,
      handedInAt,
      limits: item.guide.limits,
      materials: submission.materials.map(({ name, pages }) => ({ name, pages: pages.length })),
      person: maskPerson(application.person),
      advicePhone: item.guide.phones.advice,
      complaintPhone: item.guide.phones.complaint,
      receiptCode,
    },
  };
}
