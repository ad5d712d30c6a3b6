import type { z } from 'zod';
import type { Clock } from '../contract/clock.ts';
import type { DeviceClass, DeviceSupplies } from '../contract/device-classes.ts';
import type { CardPresence, PrintOutcome, ReadEvent } from '../contract/device-api.ts';
import type { PrintFailure, ReadFailure, ScanFailure } from '../contract/device-failures.ts';
import type { ScanRequest, ScannerCapabilities } from '../domain/document-scan.ts';
import type { PrintDocument } from '../domain/print-document.ts';
import type { RatingLevel } from '../domain/rating.ts';
import type { Result } from '../domain/result.ts';

/**
 * The driver contract: what a folder under drivers/ gives to the supervisor and what it gets.
 * A driver sees bytes and a clock. Opening, finding, re-opening and reporting are the supervisor's.
 */

/** The words of the contract that drivers need: they import nothing but this file and the domain. */
export type { CardPresence, Clock, DeviceSupplies, PrintOutcome, ReadFailure, ScanFailure };

/**
 * An open line to a device. Over HID it keeps the reports apart where the framing says so: then one call of a listener is one
 * report, and one write is one report.
 */
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

/** A service that answers HTTP requests, such as a network scanner. Only its own host and port can be reached through it. */
export interface HttpLink {
  /** Host and port as configured, such as `192.168.1.20:80`, `127.0.0.1:38088` or `[fe80::1]:80`. */
  readonly authority: string;
  /** Rejects with {@link LinkClosed} when nobody answers or the connection breaks; an answer with an error status is an answer. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Called once, when this side closes: a service has no line that could break between requests. */
  onClose(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Any open way to a device. */
export type DeviceLink = ByteLink | HttpLink;

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, from `/`. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it comes: a live picture never ends by itself. Leaving the loop over it ends the response. */
  readonly body: AsyncIterable<Uint8Array>;
}

export class LinkClosed extends Error {
  override name = 'LinkClosed';
}

export type OpenFailure =
  | 'port-missing'
  | 'port-busy'
  | 'port-denied'
  | 'port-failed'
  /** Several devices are what the configuration describes. */
  | 'port-ambiguous'
  /** What is at the port is not what the configuration names. */
  | 'wrong-device'
  /** What is at the port could type into pages, or carry files. */
  | 'keyboard-refused'
  | 'storage-refused'
  /** A part of the system that is needed to find or open devices. */
  | 'libusb-missing'
  | 'libudev-missing'
  | 'node-hid-missing'
  /** The driver cannot be reached by the kind of link that the configuration names. */
  | 'link-unfit';
export type ProbeFailure = 'no-answer' | 'wrong-device' | 'self-test-failed' | PrintFailure;

/** The kind of link that devices of a class are reached by. */
export interface LinkOfClass {
  'id-reader': ByteLink;
  'ticket-printer': ByteLink;
  'rating-pad': ByteLink;
  'document-scanner': HttpLink;
  'code-reader': ByteLink;
  'cue-lamps': ByteLink;
}

export interface DriverContext<Link = ByteLink> {
  readonly clock: Clock;
  readonly link: Link;
  /** Which of the devices on one line it is, where the configuration says so; else as its profile has it. */
  readonly address?: number;
  /** A fault or recovery the driver noticed outside a call (paper ran out ...). `undefined` means fine again. */
  readonly onCondition: (condition: string | undefined) => void;
  /** What the device says of its paper and the like; only what it really told. */
  readonly onSupplies: (supplies: DeviceSupplies) => void;
}

interface Device {
  /** It has nothing to answer a question with: that its line is open is all that a probe can find. */
  readonly cannotBeAsked?: boolean;
  /** Asks the device whether it is there, is the right one and is well. Also called while idle. */
  probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>>;
  /** Forgets buffers that may hold personal data and stops what runs. */
  reset(): Promise<void>;
}

/** Pictures are made of photos elsewhere: see `photo-decoder.ts`. */
export type ReaderEvent = Exclude<ReadEvent, { readonly kind: 'photo' }>;

export interface IdReader extends Device {
  /**
   * Yields `waiting`, `reading`, then `failed`, or `read` as soon as the person is known and `address` when the card has a newer
   * one, and ends. Aborting ends it at once.
   */
  read(signal: AbortSignal): AsyncGenerator<ReaderEvent, void, undefined>;
  /** The photo of the card that was read last, as it is on the card; forgotten, and overwritten, at the reset. */
  photo(): Uint8Array | undefined;
  /**
   * Whether a card lies on the reader: yields it at once and at each change, and ends when it is gone, the line is closed, the
   * reader no longer answers or the signal is aborted. Reads nothing of the card.
   */
  watchCard(signal: AbortSignal): AsyncGenerator<CardPresence, void, undefined>;
  /** What stands on the reader's module, for staff; nothing when it does not tell. */
  serialNumber(signal: AbortSignal): Promise<string | undefined>;
}

export interface TicketPrinter extends Device {
  /**
   * Prints once; never a blind repeat. May ready the printer at once, but moves no paper before `mayMove` resolves to true; gives
   * the job up as `busy` when that says false or nothing for too long.
   */
  print(document: PrintDocument, signal: AbortSignal, mayMove: Promise<boolean>): Promise<PrintOutcome>;
}

/** What a pad can show or sound. */
export type PadSignal = 'stars' | 'number' | 'beep';

export interface PadPress {
  /** As the pad calls it, such as `02`. */
  readonly key: string;
  /** Nothing for a key that stands for none: such a press is not acknowledged, and counts for nobody but a self-test. */
  readonly level?: RatingLevel;
}

export interface RatingPad extends Device {
  /** Levels that have a key. */
  readonly levels: readonly RatingLevel[];
  readonly signals: readonly PadSignal[];
  /** Lights the pad and yields each press until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<PadPress, void, undefined>;
  /** Once. `value`: how many stars out of five, or the number to show. */
  signal(name: PadSignal, value?: number): Promise<Result<undefined, 'unknown-signal' | 'no-answer'>>;
}

/** A page as the scanner sent it: bytes from outside, checked by nobody yet. */
export interface ScannedImage {
  /** What the device calls it, such as `image/jpeg`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type ScanEvent =
  | { readonly kind: 'page'; readonly image: ScannedImage }
  | { readonly kind: 'finished'; readonly pages: number }
  | { readonly kind: 'failed'; readonly reason: ScanFailure };

export interface DocumentScanner extends Device {
  capabilities(signal: AbortSignal): Promise<Result<ScannerCapabilities, ScanFailure>>;
  /** Yields each page as it comes, then `finished` or `failed`, and ends. Aborting cancels the job at the device. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined>;
}

/** A code as the reader sent it: bytes from outside, checked by nobody yet. */
export interface ReadCode {
  readonly bytes: Uint8Array;
  /** AIM symbology identifier without its `]`, such as `Q1` (QR) or `C0` (Code 128); absent when the reader does not tell. */
  readonly symbology?: string;
}

export interface CodeReader extends Device {
  /** Lets the reader look for codes and yields each one it reads until aborted; a repeat of the same code that the reader sends again is not yielded. */
  watch(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined>;
}

export interface CueLamps extends Device {
  /** Places that have a lamp, by the names of the profile. */
  readonly slots: readonly string[];
  /** `blink` ends by itself on boards that only know it so; `off` always works. */
  light(slot: string, state: 'off' | 'on' | 'blink'): Promise<Result<undefined, 'unknown-slot' | 'no-answer'>>;
  /** Yields when the sensor sees somebody come or go, until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<'present' | 'gone', void, undefined>;
}

export interface DeviceByClass {
  'id-reader': IdReader;
  'ticket-printer': TicketPrinter;
  'rating-pad': RatingPad;
  'document-scanner': DocumentScanner;
  'code-reader': CodeReader;
  'cue-lamps': CueLamps;
}

interface SimulatedDevice {
  /** Makes something happen at the device, such as `{ "card": "zhang" }`, `{ "paper": "out" }`, `{ "press": 2 }`: one of the driver's {@link DriverBase.actions}. */
  act(action: Readonly<Record<string, unknown>>): void;
  stop(): void;
}

/** The other end of a line: a program that behaves like the device, and misbehaves on request. */
export interface Simulator extends SimulatedDevice {
  /** Bytes the host sent; one report at a time over a link that keeps reports apart. */
  receive(bytes: Uint8Array): void;
}

/** A simulated service, whatever carries its requests: an HTTP server, or nothing in between. */
export interface HttpSimulator extends SimulatedDevice {
  /** Rejects with {@link LinkClosed} where the real one would break the connection. */
  respond(request: HttpRequest): Promise<HttpResponse>;
}

/** The kind of simulator that stands in for devices of a class. */
export interface SimulatorOfClass {
  'id-reader': Simulator;
  'ticket-printer': Simulator;
  'rating-pad': Simulator;
  'document-scanner': HttpSimulator;
  'code-reader': Simulator;
  'cue-lamps': Simulator;
}

export interface ServiceSimulatorContext {
  readonly clock: Clock;
  /** Something worth showing happened at the device: paper came out, the lamp went on. */
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
}

export interface SimulatorContext extends ServiceSimulatorContext {
  /** Sends bytes to the host. The host side of the link paces them to the line speed. */
  readonly send: (bytes: Uint8Array) => void;
  /** See {@link DriverContext.address}. */
  readonly address?: number;
}

interface SimulatorContextOfClass {
  'id-reader': SimulatorContext;
  'ticket-printer': SimulatorContext;
  'rating-pad': SimulatorContext;
  'document-scanner': ServiceSimulatorContext;
  'code-reader': SimulatorContext;
  'cue-lamps': SimulatorContext;
}

/** Classes reached by a line of bytes. */
export type ByteClass = Exclude<DeviceClass, 'document-scanner'>;

/** What a driver folder offers: `drivers/<model>/index.ts` exports one of these as `driver`. */
export type DriverModule = { [C in DeviceClass]: DriverOf<C> }[DeviceClass];
export type ByteDriverModule = { [C in ByteClass]: DriverOf<C> }[ByteClass];

export function isByteDriver(driver: DriverModule): driver is ByteDriverModule {
  return driver.class !== 'document-scanner';
}

/**
 * Traffic of one direction from the first to the last byte, as it may be kept: of the same length, with something made up in
 * place of whatever tells of a person, and still understood in the same way.
 */
export interface Redaction {
  received(bytes: Uint8Array): Uint8Array;
  sent(bytes: Uint8Array): Uint8Array;
}

/** Whoever reads cards says how their traffic may be kept; for other classes a driver that does not is not recorded. */
type RedactionOf<C extends DeviceClass> = C extends 'id-reader'
  ? { readonly redact: Redaction }
  : { readonly redact?: Redaction };

export type DriverOf<C extends DeviceClass> = DriverBase<C> & RedactionOf<C>;

interface DriverBase<C extends DeviceClass> {
  readonly name: string;
  readonly class: C;
  /** Names of the profiles in manifest.json. */
  readonly profiles: readonly string[];
  /** Several of them may be on one line: the configuration may say which address ours has. */
  readonly isAddressed?: true;
  create(profile: string, context: DriverContext<LinkOfClass[C]>): DeviceByClass[C];
  simulate(profile: string, context: SimulatorContextOfClass[C]): SimulatorOfClass[C];
  /**
   * What the simulator of a profile can be told. The simulator dock makes its buttons of it: `default` is how the device is at
   * its start, `examples` are offered beside free text or a number, `title` is the word for a value that says little by itself.
   */
  actions?(profile: string): z.ZodType;
}
