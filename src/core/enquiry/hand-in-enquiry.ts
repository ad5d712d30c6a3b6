import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EnquirySubmission } from '../../contract/enquiry-calls.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import { hallTime } from '../hall-time.ts';
import { makeReceiptCode, makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import type { EnquiryRecords } from './enquiry-records.ts';

export interface EnquiryDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall'>;
  readonly transact: Transact;
  readonly audit: Audit;
  readonly enquiries: Pick<EnquiryRecords, 'add'>;
  readonly outbox: Pick<KioskOutbox, 'add'>;
}

export type Written = Pick<EnquirySubmission, 'kind' | 'concerns' | 'itemCode' | 'text' | 'contact'>;

/** With which an answer is read: drawn here, so that it is there without the platform. */
export interface HandedInEnquiry {
  readonly code: string;
  readonly submittedAt: string;
}

/** Commits what somebody wrote, and its delivery, in one transaction. When this answers `ok` both are on the disk itself. */
export function handInEnquiry(deps: EnquiryDeps, written: Written): Result<HandedInEnquiry, WriteFailure> {
  const { clock, random, log, config, transact, audit, enquiries, outbox } = deps;
  const now = clock.now();
  const [id, code, submittedAt] = [makeUuidV7(now, random), makeReceiptCode(random), hallTime(now)];
  const place = { kioskId: config.kioskId, hallCode: config.hall.code };
  const kept = transact(() => {
    enquiries.add({ id, ...place, ...written, answerCode: code, submittedAt });
    outbox.add({ id, step: 'enquiry', createdAt: submittedAt, firstAttemptAt: now.getTime(), payload: '{}' });
    audit.append({ who: 'kiosk', what: 'enquiry-handed-in', target: id, outcome: 'committed' });
    return { code, submittedAt };
  });
  if (!kept.ok) log('core.write-failed', { what: 'enquiry', cause: kept.reason });
  return kept;
}
