import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { aimSymbology, codeReaderAction, StuckCode } from '../../src/devices/code-reader-tools.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import { CommandDecoder, encodeCode, encodeReply, frameType, replyType } from './protocol.ts';
import type { Command, ScannerFormat } from './protocol.ts';

const fault = z
  .enum([
    'none',
    /** Answers and sends nothing. */
    'silent',
    /** False heads of answers before each answer. Before a code they would be part of it. */
    'noise',
    /** Wrong check in each answer (frames), or a wrong byte in it (text has no checksum). */
    'wrong-checksum',
    /** A byte is missing in each answer, and the end of each code. */
    'wrong-length',
    /** Says once of each command that it arrived damaged (frames only). */
    'nak',
    /** Knows no command: refuses them all, but reads. */
    'refuse',
    /** Everything comes in small pieces. */
    'split',
    /** Sends each code twice. */
    'duplicate',
    /** Something holds a code in front of it: the code comes again and again. */
    'stuck',
  ])
  .meta({ default: 'none' });

export const action = codeReaderAction(fault, aimSymbology);

const PIECE_BYTES = 3;
/** How long it reads after a trigger. */
const READING_MS = 5_000;
const NOISE = { frames: [0x02, 0x00, 0x00, 0x01, 0x02], text: [0x02, 0x01, 0x30, 0x30, 0x02] } as const;

/** A scanner that reads for a while after each trigger. */
export class SimulatedScanner implements Simulator {
  readonly #format: ScannerFormat;
  readonly #context: SimulatorContext;
  readonly #decoder: CommandDecoder;
  readonly #stuck: StuckCode;
  #fault: z.infer<typeof fault> = 'none';
  #reading = new AbortController();
  #refusedLast = false;

  constructor(format: ScannerFormat, context: SimulatorContext) {
    this.#format = format;
    this.#context = context;
    this.#stuck = new StuckCode(context.clock);
    this.#decoder = new CommandDecoder(format.framing);
    this.#reading.abort();
  }

  receive(bytes: Uint8Array): void {
    for (const command of this.#decoder.push(bytes)) this.#take(command);
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('fault' in wanted) {
      this.#stuck.takeAway();
      this.#fault = wanted.fault;
    } else this.#show(new TextEncoder().encode(wanted.show), wanted.symbology ?? 'Q1');
  }

  stop(): void {
    this.#stuck.takeAway();
    this.#reading.abort();
  }

  #take(command: Command): void {
    this.#refusedLast = this.#fault === 'nak' && !this.#refusedLast;
    if (!this.#refusedLast) this.#obey(triggerIn(command));
    if (command.framing === 'text') {
      const text = command.command === 'SCNMOD*' ? 'SCNMOD0' : command.command;
      const status = this.#fault === 'refuse' ? 'enq' : 'ack';
      this.#answer(encodeReply({ framing: 'text', command: text, status }));
      return;
    }
    const answered = this.#fault === 'refuse' ? replyType.invalid : replyType.done;
    const type = this.#refusedLast ? replyType.badCrc : answered;
    this.#answer(encodeReply({ framing: 'frames', type, data: Uint8Array.of(0) }));
  }

  #obey(trigger: 'on' | 'off' | undefined): void {
    if (!trigger) return;
    this.#reading.abort();
    if (trigger === 'off') {
      this.#context.onEvent({ event: 'released' });
      return;
    }
    const reading = new AbortController();
    this.#reading = reading;
    void paused(this.#context.clock, READING_MS, reading.signal).then(() => reading.abort());
    this.#context.onEvent({ event: 'looking' });
  }

  #show(bytes: Uint8Array, symbology: string): void {
    if (this.#reading.signal.aborted) {
      this.#context.onEvent({ event: 'unseen' });
    } else {
      this.#reading.abort();
      const code = encodeCode(this.#format, { bytes, symbology });
      const isCut = this.#fault === 'wrong-length';
      this.#send(isCut ? code.subarray(0, -this.#format.end.length) : code);
      if (this.#fault === 'duplicate') this.#send(code);
      this.#context.onEvent({ event: 'shown' });
    }
    if (this.#fault === 'stuck') this.#stuck.showAgain(() => this.#show(bytes, symbology));
  }

  #answer(reply: Uint8Array): void {
    if (this.#fault === 'noise') this.#send(Uint8Array.from(NOISE[this.#format.framing]));
    if (this.#fault === 'wrong-checksum') reply.set([0x5a], reply.length - 2);
    this.#send(this.#fault === 'wrong-length' ? reply.subarray(0, -1) : reply);
  }

  #send(bytes: Uint8Array): void {
    if (this.#fault === 'silent') return;
    const piece = this.#fault === 'split' ? PIECE_BYTES : bytes.length;
    for (let at = 0; at < bytes.length; at += piece) this.#context.send(bytes.slice(at, at + piece));
  }
}

function triggerIn(command: Command): 'on' | 'off' | undefined {
  if (command.framing === 'text') {
    if (command.command === 'SCNTRG1') return 'on';
    return command.command === 'SCNTRG0' ? 'off' : undefined;
  }
  if (command.type !== frameType.write || command.address !== 0x00_02) return undefined;
  return command.data[0] === 1 ? 'on' : 'off';
}
