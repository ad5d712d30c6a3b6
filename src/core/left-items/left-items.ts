import type { Clock } from '../../contract/clock.ts';
import type { DeviceView } from '../../contract/device-classes.ts';
import type { EventLog } from '../../contract/log.ts';
import type { LeftCard as CardView, StatusView } from '../../contract/visit-view.ts';
import type { DeviceReporter } from '../device-events/device-reporter.ts';
import type { DeviceLink } from '../device/device-link.ts';
import type { LeftCard } from '../device/left-card.ts';
import { hallTime } from '../hall-time.ts';
import { FOUND_ITEM_AFTER_MS, LEFT_ITEM_AFTER_MS } from '../limits.ts';
import type { Transact } from '../store/transact.ts';
import type { FoundItems } from './found-items.ts';

export interface LeftItemsDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly foundItems: FoundItems;
  readonly reporter: Pick<DeviceReporter, 'report'>;
  readonly devices: Pick<DeviceLink, 'devices'>;
  readonly leftCard: Pick<LeftCard, 'watch'>;
  readonly onChange: () => void;
  readonly onBug: (error: unknown) => void;
}

type LeftItem = NonNullable<StatusView['leftItem']>;

/**
 * Looks after a visit whether its card still lies on the reader: then the kiosk says so until it is taken, and nobody else
 * is served, who would be taken for its owner. A card that nobody comes back for is written down as found.
 */
export class LeftItems {
  readonly #deps: LeftItemsDeps;
  #item: LeftItem | undefined;
  #looking = new AbortController();

  constructor(deps: LeftItemsDeps) {
    this.#deps = deps;
  }

  /** What lies there, once it is time to say so. */
  get item(): LeftItem | undefined {
    return this.#item;
  }

  /** A visit that may have used the reader is over. */
  lookAfter(): void {
    this.forget();
    this.#look(this.#looking.signal).catch(this.#deps.onBug);
  }

  /** Staff are there and take care of what lies there. */
  handOver(): void {
    const reader = this.#reader();
    if (this.#item && reader) this.#deps.reporter.report(reader, 'item-taken', 'card');
    this.forget();
  }

  /** The reader is somebody's again. */
  forget(): void {
    this.#looking.abort();
    this.#looking = new AbortController();
    this.#become(undefined);
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock, leftCard } = this.#deps;
    const endedAt = hallTime(clock.now());
    if (!(await isOver(clock, LEFT_ITEM_AFTER_MS, signal))) return;
    for await (const { card } of leftCard.watch(signal)) {
      this.#note(card, endedAt, signal);
      if (card !== 'present') break;
    }
    // The reader tells no more: a kiosk that waited for it would be locked for ever.
    if (!signal.aborted) this.forget();
  }

  #note(card: CardView['card'], endedAt: string, signal: AbortSignal): void {
    const { reporter, clock, onBug } = this.#deps;
    const reader = this.#reader();
    if (signal.aborted || !reader) return;
    if (card === 'present' && !this.#item) {
      reporter.report(reader, 'item-left', 'card');
      this.#become({ item: 'card', found: false });
      isOver(clock, FOUND_ITEM_AFTER_MS, signal)
        .then((over) => {
          if (over) this.#keep(reader, endedAt);
        })
        .catch(onBug);
    } else if (card !== 'present' && this.#item) {
      reporter.report(reader, 'item-taken', 'card');
    }
  }

  #keep(reader: DeviceView, visitEndedAt: string): void {
    const { clock, log, transact, foundItems, reporter } = this.#deps;
    const at = hallTime(clock.now());
    const written = transact(() => foundItems.add({ at, item: 'card', device: reader.id, visitEndedAt }));
    if (!written.ok) log('core.write-failed', { what: 'found-item', cause: written.reason });
    reporter.report(reader, 'item-found', 'card');
    this.#become({ item: 'card', found: true });
  }

  #reader(): DeviceView | undefined {
    return this.#deps.devices.devices.find(({ class: kind }) => kind === 'id-reader');
  }

  #become(item: LeftItem | undefined): void {
    if (item === this.#item) return;
    this.#item = item;
    this.#deps.onChange();
  }
}

/** False when the signal was aborted first. */
async function isOver(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.delay(milliseconds, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
