import type { Clock } from '../contract/clock.ts';
import type { DeviceClass } from '../contract/device-classes.ts';
import type { PrintOutcome, ReadEvent } from '../contract/device-api.ts';
import type { PrintFailure, ReadFailure } from '../contract/device-failures.ts';
import type { PrintDocument } from '../domain/print-document.ts';
import type { RatingLevel } from '../domain/rating.ts';
import type { Result } from '../domain/result.ts';

/**
 * The driver contract: what a folder under drivers/ gives to the supervisor and what it gets.
 * A driver sees bytes and a clock. Opening, finding, re-opening and reporting are the supervisor's.
 */

/** The words of the contract that drivers need: they import nothing but this file and the domain. */
export type { Clock, ReadEvent, ReadFailure };

/** An open line to a device. */
export interface ByteLink {
  /** Resolves when the operating system has sent the bytes (drained). Rejects with {@link LinkClosed} when the line is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes as they come, in any chunking; what is done with them must be done before returning. Returns a function that stops listening. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** Called once, when the line is closed by either side. */
  onClose(listener: () => void): () => void;
  /** Changes the line speed, in baud; links without one ignore it. */
  setBaudRate(baudRate: number): Promise<void>;
  close(): Promise<void>;
}

export class LinkClosed extends Error {
  override name = 'LinkClosed';
}

export type OpenFailure = 'port-missing' | 'port-busy' | 'port-denied' | 'port-failed';
export type ProbeFailure = 'no-answer' | 'wrong-device' | 'self-test-failed' | PrintFailure;

export interface DriverContext {
  readonly clock: Clock;
  readonly link: ByteLink;
  /** A fault or recovery the driver noticed outside a call (paper ran out ...). `undefined` means fine again. */
  readonly onCondition: (condition: string | undefined) => void;
}

interface Device {
  /** Asks the device whether it is there, is the right one and is well. Also called while idle. */
  probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>>;
  /** Forgets buffers that may hold personal data and stops what runs. */
  reset(): Promise<void>;
}

export interface IdReader extends Device {
  /** Yields `waiting`, `reading`, then `read` or `failed`, and ends. Aborting ends it at once. */
  read(signal: AbortSignal): AsyncGenerator<ReadEvent, void, undefined>;
}

export interface TicketPrinter extends Device {
  /** Prints once; never a blind repeat. */
  print(document: PrintDocument, signal: AbortSignal): Promise<PrintOutcome>;
}

export interface RatingPad extends Device {
  /** Lights the pad and yields each press until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<RatingLevel, void, undefined>;
}

export interface DeviceByClass {
  'id-reader': IdReader;
  'ticket-printer': TicketPrinter;
  'rating-pad': RatingPad;
}

/** The other end of a line: a program that behaves like the device, and misbehaves on request. */
export interface Simulator {
  /** Bytes the host sent. */
  receive(bytes: Uint8Array): void;
  /** Makes something happen at the device, such as `{ "card": "zhang" }`, `{ "paper": "out" }`, `{ "press": 2 }`; each driver's README lists its own. */
  act(action: Readonly<Record<string, unknown>>): void;
  stop(): void;
}

export interface SimulatorContext {
  readonly clock: Clock;
  /** Sends bytes to the host. The host side of the link paces them to the line speed. */
  readonly send: (bytes: Uint8Array) => void;
  /** Something worth showing happened at the device: paper came out, the lamp went on. */
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
}

/** What a driver folder offers: `drivers/<model>/index.ts` exports one of these as `driver`. */
export type DriverModule = { [C in DeviceClass]: DriverOf<C> }[DeviceClass];

export interface DriverOf<C extends DeviceClass> {
  readonly name: string;
  readonly class: C;
  /** Names of the profiles in manifest.json. */
  readonly profiles: readonly string[];
  create(profile: string, context: DriverContext): DeviceByClass[C];
  simulate(profile: string, context: SimulatorContext): Simulator;
}
