import type { ContractRouterClient } from '@orpc/contract';
import type { DeviceApi, PrintOutcome, ReadEvent } from '../../contract/device-api.ts';
import type { DeviceClass, DeviceView } from '../../contract/device-classes.ts';
import type { EventLog } from '../../contract/log.ts';
import type { SelfTestEvent, SelfTestOptions } from '../../contract/self-test.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { RatingLevel } from '../../domain/rating.ts';
import { untilRung, Wake } from '../sync/wake.ts';

export type DeviceClient = ContractRouterClient<DeviceApi>;

interface Connection {
  readonly client: DeviceClient;
  readonly ended: AbortController;
}

/**
 * The device process as core sees it: there or not. While it is away every device counts as absent; calls that it leaves
 * half done end as failures with a named reason.
 */
export class DeviceLink {
  #connection: Connection | undefined;
  #devices: readonly DeviceView[] = [];
  /** No device process has said anything yet, and none was lost. */
  #isUntold = true;
  readonly #listeners = new Set<() => void>();
  readonly #log: EventLog;

  constructor(log: EventLog) {
    this.#log = log;
  }

  get devices(): readonly DeviceView[] {
    return this.#devices;
  }

  /** The device process said at least once how its devices are, or was lost. */
  get isTold(): boolean {
    return !this.#isUntold;
  }

  /** Of a class, at least one that can work now or is at work. */
  isUsable(kind: DeviceClass): boolean {
    return this.#devices.some(({ class: is, state }) => is === kind && (state === 'ready' || state === 'busy'));
  }

  /** Of a class, one may yet turn out to work: nobody has looked at it so far. */
  isExpected(kind: DeviceClass): boolean {
    const opens = ({ class: is, state }: DeviceView) => is === kind && (state === 'opening' || state === 'probing');
    return this.#isUntold || this.#devices.some(opens);
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** A device process is there, first or anew. Call the returned function when the line to it closes. */
  connect(client: DeviceClient): () => void {
    if (this.#connection) this.#disconnect();
    const connection = { client, ended: new AbortController() };
    this.#connection = connection;
    // The stream also breaks when the other process ends, often before the closing of the line is told.
    const lost = () => {
      if (this.#connection === connection) this.#disconnect();
    };
    this.#follow(connection).then(lost, lost);
    return lost;
  }

  /** Ends after `read` or `failed`, or without either when the signal is aborted. */
  async *readCard(signal: AbortSignal): AsyncGenerator<ReadEvent, void, undefined> {
    const connection = this.#connection;
    if (connection) {
      try {
        yield* await connection.client.idReader.read(undefined, { signal });
        return;
      } catch {
        // Whatever went wrong over there, over here it is a reader that cannot be used.
        if (signal.aborted) return;
        this.#log('core.device-call-failed', { call: 'idReader.read' });
      }
    }
    yield { kind: 'failed', reason: 'reader-absent' };
  }

  /** The self-test of every device there is a driver for; ends early when the device process does. */
  async *selfTest(options: SelfTestOptions, signal: AbortSignal): AsyncGenerator<SelfTestEvent, void, undefined> {
    const connection = this.#connection;
    if (!connection) return;
    try {
      yield* await connection.client.devices.selfTestAll(options, { signal });
    } catch {
      // Devices without a result are told apart by whoever asked.
      if (!signal.aborted) this.#log('core.device-call-failed', { call: 'devices.selfTestAll' });
    }
  }

  /** Readies the printer for a job, which is printed once {@link startPrint} is called. */
  async print(jobId: string, document: PrintDocument): Promise<PrintOutcome> {
    const connection = this.#connection;
    if (!connection) return { ok: false, reason: 'absent' };
    try {
      return await connection.client.ticketPrinter.print({ jobId, document });
    } catch {
      // Paper may have moved: a person has to look, so this is a fault and not an absent printer.
      this.#log('core.device-call-failed', { call: 'ticketPrinter.print' });
      return { ok: false, reason: 'printer-fault' };
    }
  }

  /** That job's record is safe: paper may move. */
  async startPrint(jobId: string): Promise<void> {
    try {
      await this.#connection?.client.ticketPrinter.start({ jobId });
    } catch {
      // The job itself ends by the same trouble, and says so.
      this.#log('core.device-call-failed', { call: 'ticketPrinter.start' });
    }
  }

  /** Presses until the signal is aborted, over restarts of the device process. */
  async *watchPad(signal: AbortSignal): AsyncGenerator<RatingLevel, void, undefined> {
    while (!signal.aborted) {
      const connection = this.#connection;
      try {
        if (connection) {
          for await (const { level } of await connection.client.ratingPad.watch(undefined, { signal })) yield level;
        }
      } catch {
        // The page's own buttons go on working without the pad.
        if (!signal.aborted) this.#log('core.device-call-failed', { call: 'ratingPad.watch' });
      }
      await this.#nextConnection(connection, signal);
    }
  }

  async #nextConnection(last: Connection | undefined, signal: AbortSignal): Promise<void> {
    const wake = new Wake();
    const listener = () => wake.call();
    this.#listeners.add(listener);
    while (this.#connection === last && !signal.aborted) await untilRung(wake, signal);
    this.#listeners.delete(listener);
  }

  async #follow({ client, ended }: Connection): Promise<void> {
    for await (const devices of await client.devices.watch(undefined, { signal: ended.signal })) {
      if (ended.signal.aborted) return;
      this.#become(devices);
    }
  }

  #disconnect(): void {
    this.#connection?.ended.abort();
    this.#connection = undefined;
    this.#become(this.#devices.map((device) => ({ ...device, state: 'absent', reason: 'process-gone' })));
  }

  #become(devices: readonly DeviceView[]): void {
    this.#devices = devices;
    this.#isUntold = false;
    for (const listener of this.#listeners) listener();
  }
}
