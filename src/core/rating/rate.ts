import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { RatingChannel, RatingLevel } from '../../domain/rating.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Audit } from '../audit/audit-trail.ts';
import type { ClockDrift } from '../audit/clock-drift.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import { RATING_POSITION, type Outbox } from '../outbox/outbox.ts';
import { turnOfRating } from '../outbox/turn.ts';
import type { Seal } from '../store/seal.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import { writePayload } from '../sync/outgoing.ts';

export interface RatingDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Outbox;
  readonly seal: Seal;
  readonly audit: Audit;
  readonly clockDrift: Pick<ClockDrift, 'mark'>;
}

/** Commits the one rating a case can have. Sealed like the rest: with the case it says who was dissatisfied. */
export function rate(
  deps: RatingDeps,
  caseId: string,
  level: RatingLevel,
  channel: RatingChannel,
): Result<void, 'already-rated' | WriteFailure> {
  const { clock, random, log, transact, outbox, seal, audit, clockDrift } = deps;
  if (outbox.has(caseId, RATING_POSITION)) return refused('already-rated');
  const now = clock.now();
  const id = makeUuidV7(now, random);
  const ratedAt = hallTime(now);
  const payload = seal.seal(writePayload({ id, caseId, level, channel, ratedAt, ...clockDrift.mark }), id);
  const written = transact(() => {
    outbox.add({
      id,
      caseId,
      position: RATING_POSITION,
      step: 'rating',
      createdAt: ratedAt,
      firstAttemptAt: now.getTime(),
      turn: turnOfRating(now),
      payload,
    });
    audit.append({ who: 'kiosk', what: 'case-rated', target: caseId, outcome: 'committed' });
  });
  if (!written.ok) log('core.write-failed', { what: 'rating', cause: written.reason });
  return written;
}
