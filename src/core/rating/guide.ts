import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { GuideRatingSubmission } from '../../contract/guide-rating-calls.ts';
import type { EventLog } from '../../contract/log.ts';
import type { GivenGuideRating } from '../../domain/ratings/guide-rating.ts';
import type { Result } from '../../domain/result.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';

export interface GuideRatingDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall'>;
  readonly transact: Transact;
  readonly outbox: Pick<KioskOutbox, 'add'>;
}

/**
 * Commits what somebody thought of a guide, with its way to the platform. Not sealed, since there is no person in it, and not
 * audited: the audit has the time of everything, and with that it could be told whose visit it was.
 */
export function keepGuideRating(deps: GuideRatingDeps, given: GivenGuideRating): Result<void, WriteFailure> {
  const { clock, random, log, config, transact, outbox } = deps;
  const { itemCode, itemVersion, level, on: ratedOn } = given;
  // An id has the time of its making in it, so this one is made of the day.
  const id = makeUuidV7(new Date(`${ratedOn}T00:00:00+08:00`), random);
  const place = { kioskId: config.kioskId, hallCode: config.hall.code };
  const rating: GuideRatingSubmission = { id, ...place, itemCode, itemVersion, level, ratedOn };
  const now = clock.now();
  const kept = transact(() =>
    outbox.add({
      id,
      step: 'guide-rating',
      createdAt: hallTime(now),
      firstAttemptAt: now.getTime(),
      payload: JSON.stringify(rating),
    }),
  );
  if (!kept.ok) log('core.write-failed', { what: 'guide-rating', cause: kept.reason });
  return kept;
}
