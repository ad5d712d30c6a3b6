import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { z } from 'zod';
import { appointmentRefusal, type AppointmentRefusal } from '../../contract/appointment-calls.ts';
import { ownCaseReason, type OwnCaseReason } from '../../contract/case-calls.ts';
import { refusalReason, type RefusalReason } from '../../contract/platform-api.ts';
import { VersionGap, type VersionGapReason } from './spoken-versions.ts';
import { TransportFailure, type TransportReason } from './transport.ts';

/**
 * `not-let-in`: no token for this certificate, or it is another kiosk's; nothing about the record is wrong. `stopped`: the
 * caller's signal ended the call.
 */
type RetryReason =
  | Exclude<TransportReason, 'too-large'>
  | VersionGapReason
  | 'in-progress'
  | 'not-let-in'
  | 'hash-mismatch'
  | 'stopped';
/** `invalid`: the platform says the content breaks the contract; `rejected`: it refuses without a reason known here. */
type RefusedReason =
  | Exclude<RefusalReason, 'content-differs' | 'hash-mismatch'>
  | 'unknown-number'
  | 'cursor-unknown'
  | 'day-not-over'
  /** The platform does not know who is at the kiosk, or not surely enough. */
  | 'identity-needed'
  /** A bad level without a reason, which the national upload does not take. */
  | 'reason-missing'
  /** Refused here, before it went out: it did not say what for. */
  | 'no-purpose'
  /** No enquiry has that code. */
  | 'unknown-code'
  | Exclude<AppointmentRefusal | OwnCaseReason, 'content-differs'>
  | 'invalid'
  | 'rejected';
/** The platform has something else than this kiosk believes it to have. */
type ConflictReason = Extract<RefusalReason, 'content-differs'> | 'key-reused' | 'unknown-case';

/** How a call that is not done ended. `detail` is technical and has no personal data. */
export type Failure = { readonly detail: string } & (
  | { readonly kind: 'refused'; readonly reason: RefusedReason }
  | { readonly kind: 'conflict'; readonly reason: ConflictReason }
  /** `afterMs`: the platform asked not to come again earlier. */
  | { readonly kind: 'retry'; readonly reason: RetryReason; readonly afterMs?: number }
  | { readonly kind: 'needs-staff'; readonly reason: 'too-large' }
);
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | Failure;

/** How a call ended. */
export async function outcome<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await call };
  } catch (error) {
    if (signal?.aborted) return { kind: 'retry', reason: 'stopped', detail: 'ended by the caller' };
    return classify(error);
  }
}

/** What a failed call means for its record. Throws what is not a failure of the call but a bug here. */
function classify(error: unknown): Failure {
  if (error instanceof TransportFailure) {
    if (error.reason === 'too-large') return { kind: 'needs-staff', reason: 'too-large', detail: error.message };
    return {
      kind: 'retry',
      reason: error.reason,
      detail: error.message,
      ...(error.retryAfterMs !== undefined && { afterMs: error.retryAfterMs }),
    };
  }
  // JSON with a good status that is not the promised answer: not the platform's word that it has the record.
  if (error instanceof ValidationError) return { kind: 'retry', reason: 'not-understood', detail: error.message };
  if (error instanceof VersionGap) return { kind: 'retry', reason: error.reason, detail: error.message };
  if (error instanceof ORPCError) return classifyAnswer(error);
  throw error;
}

function classifyAnswer(error: ORPCError<string, unknown>): Failure {
  const detail = `${error.status} ${error.code}`;
  switch (error.code) {
    case 'IN_PROGRESS':
      return { kind: 'retry', reason: 'in-progress', detail };
    case 'UNAUTHORIZED':
    case 'OTHER_DEVICE':
      return { kind: 'retry', reason: 'not-let-in', detail };
    case 'UNKNOWN_NUMBER':
      return { kind: 'refused', reason: 'unknown-number', detail };
    case 'UNKNOWN_CODE':
      return { kind: 'refused', reason: 'unknown-code', detail };
    case 'CURSOR_UNKNOWN':
      return { kind: 'refused', reason: 'cursor-unknown', detail };
    case 'IDENTITY_NEEDED':
      return { kind: 'refused', reason: 'identity-needed', detail };
    case 'DAY_NOT_OVER':
      return { kind: 'refused', reason: 'day-not-over', detail };
    case 'KEY_REUSED':
      return { kind: 'conflict', reason: 'key-reused', detail };
    case 'UNKNOWN_CASE':
      return { kind: 'conflict', reason: 'unknown-case', detail };
    case 'REFUSED':
      return refusal(error.data, detail);
    case 'BAD_REQUEST':
      return { kind: 'refused', reason: 'invalid', detail };
    default:
      return { kind: 'refused', reason: 'rejected', detail };
  }
}

/** Reasons that something is made of here; any other says no more than that it was refused. */
const knownReason = z.union([refusalReason, appointmentRefusal, ownCaseReason]);

function refusal(data: unknown, detail: string): Failure {
  const given = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : undefined;
  const reason = knownReason.safeParse(given).data ?? 'rejected';
  // What is sent has the hash that it says, or it would not have been sent: the line changed it.
  if (reason === 'hash-mismatch') return { kind: 'retry', reason, detail };
  return reason === 'content-differs' ? { kind: 'conflict', reason, detail } : { kind: 'refused', reason, detail };
}
