import type { CodeReader, DriverContext, ProbeFailure, ReadCode } from '../../src/devices/driver.ts';
import { sessionEnded, watchCodes } from '../../src/devices/code-reader-tools.ts';
import type { Arrivals } from '../../src/devices/driver-tools.ts';
import { ask, delivered, paused, Silence, Turns, Underway } from '../../src/devices/driver-tools.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { ANSWER_MS, COMMAND_TRIES, MOST_RESENDS, PACKET_IDLE_MS, REPEAT_MS, RESTART_MS, RETRY_MS } from './limits.ts';
import {
  aimOf,
  CodeAssembler,
  encodeCommand,
  encodeParameter,
  isNoRead,
  nakReason,
  opcode,
  PacketDecoder,
} from './protocol.ts';
import type { Decoded, Found, Packet } from './protocol.ts';

const ACK = encodeCommand(opcode.ack);
const SEGMENT_ACK = encodeCommand(opcode.segmentAck);
const RESEND = encodeCommand(opcode.nak, nakReason.resend);
const DISABLE = encodeCommand(opcode.disableScan);
const START_SESSION = encodeCommand(opcode.startSession);
const REVISION = encodeCommand(opcode.revisionRequest);

/**
 * The order is that of motorola-ssi-scanner. Every parameter is set for now only. With the no-read message the scanner tells when a
 * session has ended by itself, so that the next one can be started.
 */
const startSequence = (hasModes: boolean): readonly Uint8Array[] => [
  DISABLE,
  encodeCommand(opcode.flushQueue),
  ...(hasModes ? [encodeCommand(opcode.imagerMode, 0)] : []),
  encodeParameter(0x9f, 1),
  encodeParameter(0x5e, 1),
  encodeParameter(0xee, 1),
  encodeParameter(0xec, 0),
  encodeCommand(opcode.enableScan),
  START_SESSION,
];

/** Talks to one scanner. While nobody watches, the scanner is disabled and nothing it sends is acknowledged. */
export class SsiScanner implements CodeReader {
  readonly #context: DriverContext;
  readonly #start: readonly Uint8Array[];
  readonly #underway: Underway;
  readonly #decoder = new PacketDecoder();
  readonly #assembler = new CodeAssembler();
  readonly #listeners = new Set<(packet: Packet) => void>();
  /** One command at a time: acknowledgements do not say what they acknowledge. */
  readonly #turns = new Turns();
  readonly #silence: Silence;
  #heard = false;
  #watching = false;
  /** Damaged packets since the last good one. */
  #damages = 0;
  #condition: string | undefined;

  /** `modes`: it has an imager that must be put to decoding. */
  constructor({ modes }: { readonly modes: boolean }, context: DriverContext) {
    this.#context = context;
    this.#start = startSequence(modes);
    this.#underway = new Underway(context.link);
    this.#silence = new Silence(context.clock, PACKET_IDLE_MS, () => this.#take(this.#decoder.expire()));
    context.link.onBytes((bytes) => this.#hear(bytes));
  }

  /** Asks for the revision. Any scanner of the interface knows that, or at least refuses in the words of the interface. */
  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    this.#heard = false;
    for (let attempt = 1; attempt <= COMMAND_TRIES; attempt += 1) {
      // The first one may complete what a cut cable has left in the scanner, and be lost with it.
      const answer = await this.#exchange(REVISION, [opcode.revisionReply, opcode.nak], signal);
      if (answer?.opcode === opcode.revisionReply) await delivered(this.#context.link, ACK);
      if (answer) return done();
    }
    return refused(this.#heard ? 'wrong-device' : 'no-answer');
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined> {
    if (this.#underway.isClosed) return;
    try {
      yield* watchCodes(this.#context, this.#underway, signal, {
        listen: (onSessionEnd) => {
          this.#watching = true;
          const stop = this.#listen((packet) => {
            const decoded = this.#receive(packet);
            if (decoded) onSessionEnd(isNoRead(decoded) ? undefined : toReadCode(decoded));
          });
          return () => {
            this.#watching = false;
            stop();
          };
        },
        keepLooking: (sessionEnds, until) => this.#keepScanning(sessionEnds, until),
        repeatMs: REPEAT_MS,
      });
    } finally {
      this.#clear();
      void this.#command(DISABLE, this.#underway.signal);
    }
  }

  async reset(): Promise<void> {
    this.#underway.end();
    this.#clear();
  }

  /** Starts the scanner, starts the next session when one ends, and everything again when the scanner is quiet for long. */
  async #keepScanning(sessionEnds: Arrivals<true>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (!(await this.#startScanning(signal))) {
        if (!signal.aborted) this.#tell('no-answer');
        await paused(this.#context.clock, RETRY_MS, signal);
        continue;
      }
      this.#tell(undefined);
      await this.#repeatSessions(sessionEnds, signal);
    }
  }

  async #startScanning(signal: AbortSignal): Promise<boolean> {
    for (const command of this.#start) if (!(await this.#command(command, signal))) return false;
    return true;
  }

  /** Ends when no session has ended for long, or the next one could not be started. */
  async #repeatSessions(sessionEnds: Arrivals<true>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const hasEnded = await sessionEnded(sessionEnds, this.#context.clock, RESTART_MS, signal);
      if (!hasEnded || !(await this.#command(START_SESSION, signal))) return;
    }
  }

  /** Takes a packet that carries a code and answers it. */
  #receive(packet: Packet): Decoded | undefined {
    if (packet.opcode !== opcode.decodeData && packet.opcode !== opcode.segment) return undefined;
    const reception = this.#assembler.take(packet);
    if (reception.kind === 'unusable') return undefined;
    const isWhole = reception.kind === 'code' || (reception.kind === 'again' && reception.isLast);
    void delivered(this.#context.link, isWhole ? ACK : SEGMENT_ACK);
    return reception.kind === 'code' ? reception.decoded : undefined;
  }

  /** Whether the scanner answered. A refusal is an answer: not every scanner knows every parameter. */
  async #command(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    for (let attempt = 1; attempt <= COMMAND_TRIES; attempt += 1) {
      const answer = await this.#exchange(bytes, [opcode.ack, opcode.nak], signal);
      if (answer && !(answer.opcode === opcode.nak && answer.data[0] === nakReason.resend)) return true;
    }
    return false;
  }

  async #exchange(bytes: Uint8Array, wanted: readonly number[], signal: AbortSignal): Promise<Packet | undefined> {
    const listen = (take: (packet: Packet) => void): (() => void) =>
      this.#listen((packet) => {
        if (wanted.includes(packet.opcode)) take(packet);
      });
    return this.#turns.take(() => ask(this.#context, { bytes, listen, milliseconds: ANSWER_MS }, signal));
  }

  #hear(bytes: Uint8Array): void {
    this.#heard = true;
    this.#silence.heard();
    this.#take(this.#decoder.push(bytes));
  }

  #take(found: readonly Found[]): void {
    const packets = found.flatMap((one) => (one.kind === 'packet' ? [one.packet] : []));
    for (const packet of packets) for (const listener of this.#listeners) listener(packet);
    if (packets.length > 0) this.#damages = 0;
    if (packets.length > 0 || found.length === 0) return;
    // Once for whatever came at once: several false heads within one packet are one damage. Not for ever: a line that spoils
    // everything would carry nothing else.
    this.#damages += 1;
    if (this.#watching && this.#damages <= MOST_RESENDS) void delivered(this.#context.link, RESEND);
  }

  #listen(listener: (packet: Packet) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #clear(): void {
    this.#decoder.clear();
    this.#assembler.clear();
  }

  #tell(condition: string | undefined): void {
    if (condition === this.#condition) return;
    this.#condition = condition;
    this.#context.onCondition(condition);
  }
}

function toReadCode({ symbology, bytes }: Decoded): ReadCode {
  const aim = aimOf(symbology);
  return aim === undefined ? { bytes } : { bytes, symbology: aim };
}
