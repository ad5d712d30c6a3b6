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
import { reasonsFor, tagList } from './reasons.ts';

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

export function isRated({ outbox }: Pick<RatingDeps, 'outbox'>, caseId: string): boolean {
  return outbox.has(caseId, RATING_POSITION);
}

/**
 * Commits the one rating a case can have. Sealed like the rest: with the case it says who was dissatisfied.
 *
 * @param tags codes of the reasons that were chosen, see {@link reasonsFor}
 */
export function rate(
  deps: RatingDeps,
  caseId: string,
  level: RatingLevel,
  channel: RatingChannel,
  tags: readonly string[] = [],
): Result<void, 'already-rated' | 'unknown-tag' | WriteFailure> {
  const { clock, random, log, transact, outbox, seal, audit, clockDrift } = deps;
  if (isRated(deps, caseId)) return refused('already-rated');
  const offered = new Set(reasonsFor(level).map(({ code }) => code));
  if (!tags.every((code) => offered.has(code)) || new Set(tags).size < tags.length) return refused('unknown-tag');
  const now = clock.now();
  const id = makeUuidV7(now, random);
  const ratedAt = hallTime(now);
  const chosen = tags.length > 0 && { tags: { version: tagList.version, codes: [...tags] } };
  const submission = { id, caseId, level, channel, ratedAt, ...chosen, ...clockDrift.mark };
  const payload = seal.seal(writePayload(submission), id);
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
