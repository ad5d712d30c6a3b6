import type { ContractRouterClient } from '@orpc/contract';
import type {
  CapabilitiesAnswer,
  CardPresence,
  CodeEvent,
  DeviceApi,
  PrintOutcome,
  ReadEvent,
  ScanPageEvent,
} from '../../contract/device-api.ts';
import type { DeviceClass, DeviceView } from '../../contract/device-classes.ts';
import type { DiagnosisEvent, PortView } from '../../contract/diagnosis.ts';
import type { EventLog } from '../../contract/log.ts';
import type { SelfTestEvent, SelfTestOptions } from '../../contract/self-test.ts';
import type { ScanRequest } from '../../domain/document-scan.ts';
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

  /** Returns a function that stops listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For calls that are passed on as they are; nothing while the device process is away. */
  get client(): DeviceClient | undefined {
    return this.#connection?.client;
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

  /** The self-test of one device with the bytes of its line; ends early when the device process does. */
  async *diagnose(
    id: string,
    testPage: PrintDocument,
    signal: AbortSignal,
  ): AsyncGenerator<DiagnosisEvent, void, undefined> {
    const connection = this.#connection;
    if (!connection) return;
    try {
      yield* await connection.client.devices.diagnose({ id, testPage }, { signal });
    } catch {
      if (!signal.aborted) this.#log('core.device-call-failed', { call: 'devices.diagnose' });
    }
  }

  /** USB ports of this computer; none while the device process is away. */
  async ports(): Promise<readonly PortView[]> {
    try {
      return (await this.#connection?.client.devices.ports()) ?? [];
    } catch {
      this.#log('core.device-call-failed', { call: 'devices.ports' });
      return [];
    }
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

  /** Presses until the signal is aborted. */
  watchPad(signal: AbortSignal): AsyncGenerator<{ readonly level: RatingLevel }, void, undefined> {
    return this.#watched('ratingPad.watch', signal, ({ ratingPad }) => ratingPad.watch(undefined, { signal }));
  }

  /** Codes until the signal is aborted: bytes from outside, checked by nobody yet. */
  watchCodes(signal: AbortSignal): AsyncGenerator<CodeEvent, void, undefined> {
    return this.#watched('codeReader.watch', signal, ({ codeReader }) => codeReader.watch(undefined, { signal }));
  }

  /** Who comes and goes, until the signal is aborted. */
  watchPresence(signal: AbortSignal): AsyncGenerator<{ readonly person: 'present' | 'gone' }, void, undefined> {
    return this.#watched('cueLamps.presence', signal, ({ cueLamps }) => cueLamps.presence(undefined, { signal }));
  }

  /** Lit until the signal is aborted. A lamp that stays dark keeps nobody from anything. */
  async light(slot: string, signal: AbortSignal): Promise<void> {
    const tried = this.#watched('cueLamps.light', signal, ({ cueLamps }) => cueLamps.light({ slot }, { signal }));
    for await (const answer of tried) {
      if (!answer.ok && answer.reason !== 'absent') this.#log('core.lamp-dark', { slot, reason: answer.reason });
    }
  }

  /** Whether a card lies on the reader, until it is gone, the reader cannot tell or the signal is aborted. */
  async *watchCard(signal: AbortSignal): AsyncGenerator<CardPresence, void, undefined> {
    try {
      const cards = await this.#connection?.client.idReader.watchCard(undefined, { signal });
      if (cards) for await (const { card } of cards) yield card;
    } catch {
      if (!signal.aborted) this.#log('core.device-call-failed', { call: 'idReader.watchCard' });
    }
  }

  async scannerCapabilities(): Promise<CapabilitiesAnswer> {
    try {
      const asked = await this.#connection?.client.documentScanner.capabilities();
      if (asked) return asked;
    } catch {
      this.#log('core.device-call-failed', { call: 'documentScanner.capabilities' });
    }
    return { ok: false, reason: 'scanner-absent' };
  }

  /** Ends after `finished` or `failed`, or without either when the signal is aborted. */
  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanPageEvent, void, undefined> {
    try {
      const events = await this.#connection?.client.documentScanner.scan(request, { signal });
      if (events) {
        yield* events;
        return;
      }
    } catch {
      if (signal.aborted) return;
      this.#log('core.device-call-failed', { call: 'documentScanner.scan' });
    }
    yield { kind: 'failed', reason: 'scanner-absent' };
  }

  /** What a device sees until the signal is aborted, over restarts of the device process. */
  async *#watched<T>(
    call: string,
    signal: AbortSignal,
    open: (client: DeviceClient) => PromiseLike<AsyncIterable<T>>,
  ): AsyncGenerator<T, void, undefined> {
    while (!signal.aborted) {
      const connection = this.#connection;
      try {
        if (connection) yield* await open(connection.client);
      } catch {
        // The pages go on working without it.
        if (!signal.aborted) this.#log('core.device-call-failed', { call });
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
