import type { ZodType } from 'zod';
import type { Clock } from '../contract/clock.ts';
import type { Officer } from '../contract/office/office-call.ts';
import type { Refused, Result } from '../domain/result.ts';
import type { PublishedCatalogue } from './catalogue.ts';
import type { Device } from './devices.ts';
import type { Faults } from './faults.ts';
import type { Seals } from './certificates/seals.ts';
import type { Identities } from './identity/identities.ts';
import type { Idempotency } from './idempotency.ts';
import type { SqlDatabase, Transaction } from './sql.ts';

/** What the calls of a subject work with. */
export interface SubjectDeps {
  readonly database: SqlDatabase;
  readonly idempotency: Idempotency;
  readonly catalogue: PublishedCatalogue;
  readonly faults: Faults;
  readonly identities: Identities;
  readonly seals: Seals;
  readonly clock: Pick<Clock, 'now'>;
}

/** A request as its handler sees it. */
export interface CallContext {
  /** Who is behind the call; undefined where nobody is told apart, over plain HTTP. */
  readonly device: Device | undefined;
  readonly dropConnection: () => void;
}

/** A write says who it is of: a kiosk or an officer. */
type Owned = { readonly kioskId: string } | { readonly officer: Officer };

/** The refusals that a write can have beside those of its call. */
interface WriteErrors<Reason extends string> {
  IN_PROGRESS(): Error;
  KEY_REUSED(): Error;
  REFUSED(options: { data: { reason: Reason; detail?: string | undefined } }): Error;
}

/** What the handler of such a write is given, as far as it is used; see `contract/office/office-call.ts`. */
export interface WriteCall<Body, Reason extends string> {
  readonly input: { readonly headers: { readonly 'idempotency-key': string }; readonly body: Body };
  readonly errors: WriteErrors<Reason> & { OTHER_DEVICE(): Error };
  readonly context: CallContext;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does a write once for its key, in one transaction with its answer, for the kiosk or office that it says it is of and
 * nobody else.
 *
 * @param operation which call it is: the same key for another one is refused
 * @param answerSchema reads a kept answer back
 */
export async function writeOnce<Body extends Owned, Answer, Reason extends string>(
  { idempotency, faults, clock }: Pick<SubjectDeps, 'idempotency' | 'faults' | 'clock'>,
  operation: string,
  { input: { headers, body }, errors, context: { device }, signal }: WriteCall<Body, Reason>,
  answerSchema: ZodType<Answer>,
  work: (transaction: Transaction, body: Body, at: Date) => Promise<Result<Answer, Reason>>,
): Promise<Answer> {
  const owner = 'officer' in body ? body.officer.office : body.kioskId;
  if (device && device.kioskId !== owner) throw errors.OTHER_DEVICE();
  const answer = await idempotency.once<Answer, Reason>(
    { key: headers['idempotency-key'], operation, content: body },
    () => faults.mayBegin(signal),
    answerSchema,
    (transaction) => work(transaction, body, clock.now()),
  );
  if (answer.ok) return answer.value;
  throw writeError(answer, errors);
}

/** The call's own word for why a write was not done. */
export function writeError<Reason extends string>(
  { reason, detail }: Refused<Reason | 'in-progress' | 'key-reused'>,
  errors: WriteErrors<Reason>,
): Error {
  if (reason === 'in-progress') return errors.IN_PROGRESS();
  if (reason === 'key-reused') return errors.KEY_REUSED();
  return errors.REFUSED({ data: { reason, ...(detail !== undefined && { detail }) } });
}
