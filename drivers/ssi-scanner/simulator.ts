import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { codeReaderAction, StuckCode } from '../../src/devices/code-reader-tools.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import { encodePacket, nakReason, opcode, PacketDecoder, packetsOfCode, source } from './protocol.ts';
import type { Packet } from './protocol.ts';

const fault = z
  .enum([
    'none',
    /** Answers and sends nothing. */
    'silent',
    /** False heads of packets before everything it sends. */
    'noise',
    /** Wrong checksum in everything that carries a code. */
    'wrong-checksum',
    /** The same, but only the first time: right when it is sent again. */
    'wrong-checksum-once',
    /** The length of what carries a code is one too many. */
    'wrong-length',
    /** Everything comes in small pieces. */
    'split',
    /** Sends a code again although it was acknowledged. */
    'duplicate',
    /** Acknowledges, but sees nothing until it is disabled and enabled again. */
    'hung',
    /** Wants each command to be sent again once. */
    'nak',
    /** Something holds a code in front of it: the code comes again and again. */
    'stuck',
  ])
  .meta({ default: 'none' });
type Fault = z.infer<typeof fault>;

export const action = z.union([
  // Named by the scanner's number for it; QR when left out.
  ...codeReaderAction(fault, z.int().min(0).max(255)).options,
  /** The session ends without a code. */
  z.strictObject({ noRead: z.literal(true) }),
]);

const QR = 0x1c;
const CODE_39 = 0x01;
const NOISE = Uint8Array.of(0x00, 0x05, 0xd0, 0x04, 0x00, 0x20, 0xf3);
const PIECE_BYTES = 3;
/** How long a packet waits for its acknowledgement, and how often it is sent in all. */
const ACK_WAIT_MS = 2_000;
const SEND_TRIES = 3;

/** A scanner that looks for codes while a session runs, and waits for the acknowledgement of each packet it sends. */
export class SimulatedScanner implements Simulator {
  readonly #context: SimulatorContext;
  readonly #hasModes: boolean;
  readonly #decoder = new PacketDecoder();
  readonly #stuck: StuckCode;
  #fault: Fault = 'none';
  #enabled = true;
  #inSession = false;
  #hung = false;
  /** Packets of a code that the host has not acknowledged yet; the first one is on its way. */
  #outgoing: readonly Packet[] = [];
  #attempts = 0;
  #sent = new AbortController();
  #refusedOnce = new Set<number>();

  constructor({ modes }: { readonly modes: boolean }, context: SimulatorContext) {
    this.#hasModes = modes;
    this.#context = context;
    this.#stuck = new StuckCode(context.clock);
  }

  receive(bytes: Uint8Array): void {
    for (const found of this.#decoder.push(bytes)) {
      if (found.kind === 'packet') this.#take(found.packet);
      else this.#send(answer(opcode.nak, nakReason.resend));
    }
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('fault' in wanted) {
      this.#stuck.takeAway();
      this.#fault = wanted.fault;
      this.#hung = wanted.fault === 'hung';
    } else if ('show' in wanted) {
      this.#show(new TextEncoder().encode(wanted.show), wanted.symbology ?? QR);
    } else {
      this.#emit(new TextEncoder().encode('NR'), CODE_39);
    }
  }

  stop(): void {
    this.#stuck.takeAway();
    this.#sent.abort();
    this.#decoder.clear();
  }

  #take({ opcode: code, data }: Packet): void {
    switch (code) {
      case opcode.ack:
      case opcode.segmentAck:
        this.#acknowledged();
        return;
      case opcode.nak:
        if (data[0] === nakReason.resend) this.#sendAgain();
        return;
      case opcode.revisionRequest:
        this.#send({ ...answer(opcode.revisionReply), data: new TextEncoder().encode('SIMULATED 1.0') });
        return;
      default:
        this.#command(code);
    }
  }

  #command(code: number): void {
    if (this.#fault === 'nak' && !this.#refusedOnce.has(code)) {
      this.#refusedOnce.add(code);
      this.#send(answer(opcode.nak, nakReason.resend));
      return;
    }
    this.#refusedOnce.delete(code);
    if (code === opcode.imagerMode && !this.#hasModes) {
      this.#send(answer(opcode.nak, nakReason.badContext));
      return;
    }
    if (code === opcode.flushQueue) this.#forget();
    if (code === opcode.disableScan || code === opcode.stopSession) this.#inSession = false;
    if (code === opcode.disableScan || code === opcode.enableScan) this.#enabled = code === opcode.enableScan;
    if (code === opcode.disableScan) this.#hung = false;
    if (code === opcode.startSession) this.#inSession = this.#enabled;
    this.#send(answer(opcode.ack));
    if (code === opcode.startSession) this.#context.onEvent({ event: 'looking' });
    if (code === opcode.disableScan) this.#context.onEvent({ event: 'disabled' });
  }

  #show(bytes: Uint8Array, symbology: number): void {
    if (!this.#inSession || this.#hung) {
      this.#context.onEvent({ event: 'unseen' });
      return;
    }
    this.#emit(bytes, symbology);
    if (this.#fault === 'stuck') this.#stuck.showAgain(() => this.#show(bytes, symbology));
  }

  #emit(bytes: Uint8Array, symbology: number): void {
    this.#inSession = false;
    this.#forget();
    this.#outgoing = packetsOfCode({ symbology, bytes });
    this.#sendFirst();
  }

  #sendFirst(): void {
    this.#attempts = 0;
    this.#sendAgain();
  }

  #sendAgain(): void {
    const [packet] = this.#outgoing;
    if (!packet) return;
    this.#attempts += 1;
    if (this.#attempts > SEND_TRIES) {
      this.#forget();
      this.#context.onEvent({ event: 'unacknowledged' });
      return;
    }
    this.#sent.abort();
    this.#sent = new AbortController();
    this.#send(packet);
    void paused(this.#context.clock, ACK_WAIT_MS, this.#sent.signal).then((isLate) => {
      if (isLate) this.#sendAgain();
    });
  }

  #acknowledged(): void {
    const [packet, ...rest] = this.#outgoing;
    if (!packet) return;
    this.#forget();
    this.#outgoing = rest;
    if (rest.length > 0) {
      this.#sendFirst();
      return;
    }
    this.#context.onEvent({ event: 'acknowledged' });
    if (this.#fault === 'duplicate') this.#send(packet);
  }

  #forget(): void {
    this.#sent.abort();
    this.#outgoing = [];
  }

  #send(packet: Packet): void {
    const bytes = this.#spoilt(encodePacket(packet), packet.opcode);
    switch (this.#fault) {
      case 'silent':
        return;
      case 'noise':
        this.#context.send(Uint8Array.of(...NOISE, ...bytes));
        return;
      case 'split':
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.#context.send(bytes.slice(at, at + PIECE_BYTES));
        return;
      default:
        this.#context.send(bytes);
    }
  }

  #spoilt(bytes: Uint8Array, code: number): Uint8Array {
    if (code !== opcode.decodeData && code !== opcode.segment) return bytes;
    const last = bytes.length - 1;
    if (this.#fault === 'wrong-checksum' || this.#fault === 'wrong-checksum-once') {
      bytes[last] = (bytes[last] ?? 0) ^ 0x5a;
    }
    if (this.#fault === 'wrong-length') bytes[0] = ((bytes[0] ?? 0) + 1) & 0xff;
    if (this.#fault === 'wrong-checksum-once') this.#fault = 'none';
    return bytes;
  }
}

const answer = (code: number, ...data: readonly number[]): Packet => ({
  opcode: code,
  source: source.scanner,
  status: 0,
  data: Uint8Array.from(data),
});
