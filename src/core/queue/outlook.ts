import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { QueueWait } from '../../contract/queue-calls.ts';
import type { WaitRange } from '../../domain/queue/expected-wait.ts';
import type { PriorityGroup } from '../../domain/queue/priority-groups.ts';
import { QUEUE_OUTLOOK_MS } from '../limits.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';

export interface OutlookDeps {
  readonly clock: Clock;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall'>;
  readonly platform: Pick<PlatformClient, 'queueWaits'>;
  readonly reachability: Pick<Reachability, 'state'>;
}

/** How a queue is for somebody who takes a number now. */
export interface Outlook {
  readonly ahead?: number;
  readonly wait?: WaitRange;
}

/**
 * How the queues of the hall are, by their prefix, as the platform says it now. Only it knows of other kiosks and of the
 * windows: where it does not answer in time there is nothing, since a number that is guessed would send people away.
 */
export async function readOutlook(
  { clock, config, platform, reachability }: OutlookDeps,
  group: PriorityGroup | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, QueueWait>> {
  if (reachability.state === 'unreachable') return new Map();
  const late = new AbortController();
  const answered = new AbortController();
  const limit = clock.delay(QUEUE_OUTLOOK_MS, answered.signal).then(
    () => late.abort(),
    // The answer came first.
    () => undefined,
  );
  const ask = { kioskId: config.kioskId, hallCode: config.hall.code, ...(group !== undefined && { group }) };
  const asked = await platform.queueWaits(ask, AbortSignal.any([signal, late.signal]));
  answered.abort();
  await limit;
  const queues = asked.kind === 'done' ? asked.value.queues : [];
  return new Map(queues.map((one) => [one.queue, one]));
}

/** What a ticket and a page say of it. */
export function outlookOf(wait: QueueWait | undefined): Outlook {
  if (!wait) return {};
  return { ...(wait.ahead !== undefined && { ahead: wait.ahead }), ...(wait.wait && { wait: wait.wait }) };
}
