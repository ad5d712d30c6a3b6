import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { join } from './encode.ts';
import { HostStream } from './host-stream.ts';
import { SIMULATED_BUFFER_BYTES } from './limits.ts';
import type { PrinterProfile } from './profile.ts';
import {
  automaticStatus,
  clearBuffers,
  feedAndCut,
  initialise,
  lineFeed,
  requestPaperStatus,
  requestProcessId,
  requestStatus,
} from './protocol.ts';
import type { AutomaticStatus } from './protocol.ts';
import { ANSWER_BLOCK, CLEAR_MARK, encodeReply, PROCESS_ID_MARK } from './replies.ts';
import type { Reply } from './replies.ts';

export const action = z.union([
  z.strictObject({ paper: z.enum(['ok', 'near-end', 'out']).meta({ default: 'ok' }) }),
  z.strictObject({ cover: z.enum(['closed', 'open']).meta({ default: 'closed' }) }),
  z.strictObject({ cutter: z.enum(['ok', 'jammed']).meta({ default: 'ok' }) }),
  z.strictObject({ fault: z.enum(['none', 'silent']).meta({ default: 'none' }) }),
  z.strictObject({ paperOutAfterBytes: z.int().nonnegative() }),
]);

/**
 * A printer with paper, cover and cutter. Like a real one it answers real-time queries at once, keeps what it cannot print in its
 * buffer, goes on by itself when the paper is back, and answers `GS r` and `GS ( H` only when everything before has been printed.
 */
export class SimulatedPrinter implements Simulator {
  readonly #profile: PrinterProfile;
  readonly #context: SimulatorContext;
  readonly #host = new HostStream();
  #paper: 'out' | 'near-end' | 'ok' = 'ok';
  #cover: 'open' | 'closed' = 'closed';
  #cutter: 'jammed' | 'ok' = 'ok';
  #silent = false;
  /** Printed bytes until the roll ends. */
  #roll = Number.POSITIVE_INFINITY;
  #automatic = false;
  #waiting: Uint8Array[] = [];
  #job: Uint8Array[] = [];
  #held = false;

  constructor(profile: PrinterProfile, context: SimulatorContext) {
    this.#profile = profile;
    this.#context = context;
  }

  receive(bytes: Uint8Array): void {
    if (this.#silent) return;
    for (const command of this.#host.push(bytes)) {
      if (command[0] === DLE) this.#answerAtOnce(command);
      else this.#waiting.push(command);
    }
    this.#work();
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('paper' in wanted) this.#paper = wanted.paper;
    else if ('cover' in wanted) this.#cover = wanted.cover;
    else if ('cutter' in wanted) this.#cutter = wanted.cutter;
    else if ('fault' in wanted) this.#silent = wanted.fault === 'silent';
    else this.#roll = wanted.paperOutAfterBytes;
    if ('paper' in wanted) this.#roll = Number.POSITIVE_INFINITY;
    if (!('fault' in wanted)) this.#tellChange();
    this.#work();
  }

  stop(): void {
    this.#waiting = [];
    this.#job = [];
  }

  get #halted(): boolean {
    return this.#paper === 'out' || this.#cover === 'open' || this.#cutter === 'jammed';
  }

  /** Prints from the buffer as long as nothing stops it. */
  #work(): void {
    while (!this.#halted && !this.#silent) {
      const command = this.#waiting.shift();
      if (!command) break;
      this.#execute(command);
    }
    const full = this.#waiting.reduce((sum, command) => sum + command.length, 0) > SIMULATED_BUFFER_BYTES;
    if (full !== this.#held) {
      this.#held = full;
      this.#send({ kind: 'flow', may: full ? 'wait' : 'send' });
    }
  }

  #execute(command: Uint8Array): void {
    if (same(command, automaticStatus)) {
      this.#automatic = true;
      this.#tellChange();
      return;
    }
    if (same(command, requestPaperStatus)) {
      if (this.#profile.completion === 'status-request') {
        this.#send({ kind: 'request-answer', status: this.#paper === 'near-end' ? 0x03 : 0x00 });
      }
      return;
    }
    const id = new TextDecoder().decode(command.subarray(-PROCESS_ID_LENGTH));
    if (command.length > PROCESS_ID_LENGTH && same(command, requestProcessId(id))) {
      if (this.#profile.completion === 'process-id') {
        this.#context.onEvent({ event: 'job-ended' });
        this.#send({ kind: 'block', header: ANSWER_BLOCK, body: PROCESS_ID_MARK + id });
      }
      return;
    }
    this.#print(command);
  }

  #print(command: Uint8Array): void {
    if (same(command, initialise)) {
      this.#job = [];
      this.#context.onEvent({ event: 'job-begun' });
    }
    this.#job.push(command);
    if (same(command, feedAndCut)) {
      this.#context.onEvent({ event: 'printed', bytes: Buffer.from(join(this.#job)).toString('base64') });
      this.#job = [];
    }
    this.#roll -= command.length;
    if (this.#roll < 0) {
      this.#roll = Number.POSITIVE_INFINITY;
      this.#paper = 'out';
      this.#context.onEvent({ event: 'roll-ended', paper: this.#paper });
      this.#tellChange();
    }
  }

  #answerAtOnce(command: Uint8Array): void {
    if (same(command, clearBuffers) && this.#profile.clears) {
      this.#waiting = [];
      // The line that was being put together is lost as well; what stands above it is on the paper.
      this.#job = this.#job.slice(0, this.#job.findLastIndex((one) => one.length > 1 || same(one, lineFeed)) + 1);
      this.#send({ kind: 'block', header: ANSWER_BLOCK, body: CLEAR_MARK });
      return;
    }
    const open = this.#cover === 'open';
    const out = this.#paper === 'out';
    const jammed = this.#cutter === 'jammed';
    if (same(command, requestStatus('printer'))) this.#sendStatus(bit(3, this.#halted));
    if (same(command, requestStatus('offline-cause'))) this.#sendStatus(bit(2, open) | bit(5, out) | bit(6, jammed));
    if (same(command, requestStatus('error'))) this.#sendStatus(bit(3, jammed));
    if (same(command, requestStatus('paper'))) this.#sendStatus((this.#paper === 'ok' ? 0 : 0x0c) | (out ? 0x60 : 0));
  }

  #sendStatus(bits: number): void {
    this.#send({ kind: 'status', status: 0x12 | bits });
  }

  #tellChange(): void {
    if (!this.#automatic) return;
    const paper = (this.#paper === 'ok' ? 0 : 0x03) | (this.#paper === 'out' ? 0x0c : 0);
    const status: AutomaticStatus = [
      0x10 | bit(3, this.#halted) | bit(5, this.#cover === 'open'),
      bit(3, this.#cutter === 'jammed'),
      paper,
      0,
    ];
    this.#send({ kind: 'automatic', status });
  }

  #send(reply: Exclude<Reply, { kind: 'noise' }>): void {
    if (this.#silent || this.#profile.answersStatus === 'maybe') return;
    this.#context.send(encodeReply(reply));
  }
}

const DLE = 0x10;
const PROCESS_ID_LENGTH = 4;

const bit = (number: number, on: boolean): number => (on ? 1 << number : 0);
const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
