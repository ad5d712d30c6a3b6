import type { Clock } from '../../contract/clock.ts';
import { type Change, type ChangePage, knownChange } from '../../contract/changes.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Random } from '../identifiers.ts';
import { hallTime } from '../hall-time.ts';
import { CHANGES_EVERY_MS, CHANGES_KEPT_MS, RETRY_FIRST_MS } from '../limits.ts';
import type { Transact } from '../store/transact.ts';
import { retryWait } from '../sync/backoff.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { IncomingChanges } from './incoming-changes.ts';

export interface DownLinkDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly kioskId: string;
  readonly platform: Pick<PlatformClient, 'changes'>;
  readonly reachability: Reachability;
  readonly incoming: IncomingChanges;
  /** Takes a configuration in, inside the transaction of the change that brought it. */
  readonly takeConfig: (content: Change['content']) => void;
  /** Something came. */
  readonly onChange: () => void;
}

/**
 * Asks the platform for what is new to this kiosk. A page and the cursor behind it are written in one transaction, and a
 * change is known by its id: whatever breaks off in between, each takes effect once and in its order.
 */
export class DownLink {
  readonly #deps: DownLinkDeps;
  readonly #wake = new Wake();
  #failures = 0;

  constructor(deps: DownLinkDeps) {
    this.#deps = deps;
    deps.reachability.onChange(() => this.#wake.call());
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, reachability } = this.#deps;
    while (!signal.aborted) {
      // When the platform is just back, not at once either: the whole fleet would ask in the same second.
      const { sendsIn } = reachability;
      const pause = sendsIn === 0 ? await this.#pull(signal) : sendsIn;
      if (pause !== 0) await waitOrWake(clock, pause, this.#wake, signal);
    }
  }

  /** Reads one page. Answers how long to wait before the next one; nothing to wait for when there is more. */
  async #pull(signal: AbortSignal): Promise<number> {
    const { random, log, kioskId, platform, incoming, reachability, onChange } = this.#deps;
    const cursor = incoming.cursor();
    const outcome = await reachability.through(() => platform.changes(kioskId, cursor, signal), 'news');
    // The store may be closed by now; the same page comes again.
    if (signal.aborted) return 0;
    if (outcome.kind === 'done') {
      const taken = this.#take(outcome.value);
      if (taken === undefined) return RETRY_FIRST_MS;
      this.#failures = 0;
      if (taken > 0) onChange();
      if (outcome.value.more) return 0;
      return Math.ceil(CHANGES_EVERY_MS * (1 - random.fraction() / 2));
    }
    if (outcome.kind === 'refused' && outcome.reason === 'cursor-unknown' && cursor !== '') return this.#beginAnew();
    const waitMs = retryWait(this.#failures, random.fraction(), outcome.kind === 'retry' ? outcome.afterMs : undefined);
    this.#failures += 1;
    log('core.changes-not-read', { reason: outcome.reason, waitMs });
    return waitMs;
  }

  /** How many changes were new; nothing when the disk did not take them. */
  #take({ changes, next, more }: ChangePage): number | undefined {
    const { clock, log, transact, incoming } = this.#deps;
    const now = clock.now();
    const written = transact(() => {
      const fresh = changes.filter((change) => incoming.add(change, now));
      for (const change of fresh) this.#apply(change);
      incoming.moveTo(next);
      if (!more) incoming.reachEnd(now);
      incoming.forget(hallTime(new Date(now.getTime() - CHANGES_KEPT_MS)));
      return fresh.length;
    });
    if (!written.ok) {
      log('core.write-failed', { what: 'changes', cause: written.reason });
      return undefined;
    }
    if (written.value > 0) log('core.changes-taken', { changes: written.value });
    return written.value;
  }

  /** Most changes take effect by being there. */
  #apply({ id, kind, content }: Change): void {
    const { log, takeConfig } = this.#deps;
    const known = knownChange.safeParse({ kind, content });
    if (!known.success) {
      const isKind = knownChange.options.some(({ shape }) => shape.kind.value === kind);
      log('core.change-kept', { kind, change: id, why: isKind ? 'unknown-content' : 'unknown-kind' });
    } else if (known.data.kind === 'configuration') takeConfig(known.data.content);
  }

  #beginAnew(): number {
    const { log, transact, incoming } = this.#deps;
    log('core.changes-read-anew', {});
    const written = transact(() => incoming.moveTo(''));
    return written.ok ? 0 : RETRY_FIRST_MS;
  }
}
