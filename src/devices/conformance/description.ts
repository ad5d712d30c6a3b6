import type { DeviceClass } from '../../contract/device-classes.ts';
import type { CardPerson } from '../../domain/identity.ts';
import type { HidFramingConfig } from '../../contract/config.ts';
import type { RatingLevel } from '../../domain/rating.ts';
import type { PadSignal, ReadCode } from '../driver.ts';

/**
 * What the conformance suite has to know about a driver to try it out: `drivers/<model>/conformance.ts` exports one of these
 * for each profile, as `conformance`. Everything here is the simulator's side; what the driver must do with it is the suite's.
 */

export type Action = Readonly<Record<string, unknown>>;

/** Something of the simulator's that matches when all these fields do. */
export type EventPattern = Action;

interface Common {
  /** The driver's manifest.json. */
  readonly manifest: unknown;
  /** False for a device that answers nothing: then an open line is all that a probe can know. */
  readonly answersProbe: boolean;
  /** What must never be in a condition, a detail or an error: everything on the card, in the code, on the paper. */
  readonly personal: readonly string[];
  /** Faults of the device itself: after `act` a use fails with `reason`, after `undo` it works again. */
  readonly faults: readonly {
    readonly act: readonly Action[];
    readonly undo: readonly Action[];
    readonly reason: string;
  }[];
}

/** How the bytes of a device look, for faults that know where to strike. */
export interface LineDescription {
  readonly baudRate: number;
  /** Beginnings of frames that never go on, or with a length that cannot be, in hex. */
  readonly falsePreambles: readonly [string, ...string[]];
  /** Place of the length in the device's messages, from the start (0 is the first byte); absent when there is none. */
  readonly lengthAt?: number;
  /**
   * Place of the last check byte, from the end (-1 is the last byte). Absent when there is none: then nobody can tell a damaged
   * message from another one.
   */
  readonly checksumAt?: number;
  /** True over HID: a message is a report, which USB neither cuts nor repeats nor lets noise into. */
  readonly keepsReports?: true;
  /** How the reports of a HID device carry its bytes; absent for a device on a line. */
  readonly hid?: HidFramingConfig;
}

interface OfClass {
  'id-reader': {
    readonly line: LineDescription;
    readonly cards: readonly [Card, ...Card[]];
    readonly takeAway: Action;
  };
  'ticket-printer': {
    readonly line: LineDescription;
    readonly outcome: 'printed' | 'unconfirmed';
    /** Told when something is on the paper. */
    readonly printed: EventPattern;
  };
  'rating-pad': {
    readonly line: LineDescription;
    /** Told when the pad waits for a press; absent for a pad that always does. */
    readonly listening?: EventPattern;
    readonly presses: readonly [Press, ...Press[]];
    /** What is told when the pad is given that signal. */
    readonly signalled: (signal: PadSignal, value: number) => EventPattern;
  };
  'code-reader': {
    readonly line: LineDescription;
    /** Told when the reader looks for codes; absent for one that always does. */
    readonly listening?: EventPattern;
    /** Different ones: the same code shown again soon may be taken for a repeat. */
    readonly codes: readonly [ShownCode, ShownCode, ...ShownCode[]];
  };
  'cue-lamps': {
    readonly line: LineDescription;
    /** What is told when that lamp is switched so. */
    readonly lit: (slot: string, state: 'off' | 'on' | 'blink') => EventPattern;
    readonly come: Action;
    readonly go: Action;
  };
  'document-scanner': {
    /** Puts so many pages into the feeder or onto the glass. */
    readonly load: (pages: number) => Action;
    readonly pages: number;
    readonly source: 'platen' | 'feeder';
  };
}

interface Card {
  readonly lay: Action;
  /** What the card says; other fields are not looked at. */
  readonly person: Partial<CardPerson>;
}

interface Press {
  readonly act: Action;
  readonly level: RatingLevel;
}

interface ShownCode {
  readonly act: Action;
  readonly code: ReadCode;
}

export type ConformanceOf<C extends DeviceClass> = { readonly class: C } & Common & OfClass[C];
export type Conformance = { [C in DeviceClass]: ConformanceOf<C> }[DeviceClass];
/** What `conformance.ts` exports: the description of each profile. */
export type Describe<C extends DeviceClass> = (profile: string) => ConformanceOf<C>;
