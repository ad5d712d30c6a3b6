import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { aimSymbology, codeReaderAction, StuckCode } from '../../src/devices/code-reader-tools.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import type { ReportLayout } from './profile.ts';
import { encodeCode, encodePayload, payloadOf } from './protocol.ts';

const fault = z
  .enum([
    'none',
    /** Answers and sends nothing. */
    'silent',
    /** Reports of nothing before each code: another id, one cut short, one that says to be the last. */
    'noise',
    /** More bytes than a report can hold in the length of each code's first report. */
    'wrong-length',
    /** The last report of each code is missing. */
    'cut',
    /** Each report comes in two pieces. */
    'split',
    /** Sends each code twice. */
    'duplicate',
    /** Something holds a code in front of it: the code comes again and again. */
    'stuck',
  ])
  .meta({ default: 'none' });

export const action = codeReaderAction(fault, aimSymbology);

/** How long it reads after a trigger. */
const READING_MS = 5_000;
const OTHER_REPORT = 0x7f;

/** A scanner that reads always, or for a while after each trigger where the profile has one. */
export class SimulatedScanner implements Simulator {
  readonly #layout: ReportLayout;
  readonly #context: SimulatorContext;
  readonly #stuck: StuckCode;
  #fault: z.infer<typeof fault> = 'none';
  #reading = new AbortController();

  constructor(layout: ReportLayout, context: SimulatorContext) {
    this.#layout = layout;
    this.#context = context;
    this.#stuck = new StuckCode(context.clock);
    if (layout.trigger) this.#reading.abort();
  }

  receive(report: Uint8Array): void {
    const { trigger } = this.#layout;
    const payload = trigger && payloadOf(trigger.report, report);
    if (!payload) return;
    const isSame = (bytes: Uint8Array): boolean => Buffer.from(bytes).equals(payload);
    if (isSame(trigger.on)) this.#read();
    else if (isSame(trigger.off)) this.#release();
    else if (!isSame(trigger.wait)) return;
    this.#send(encodePayload(this.#layout.report, trigger.answer));
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

  #read(): void {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    void paused(this.#context.clock, READING_MS, reading.signal).then(() => reading.abort());
    this.#context.onEvent({ event: 'looking' });
  }

  #release(): void {
    this.#reading.abort();
    this.#context.onEvent({ event: 'released' });
  }

  #show(bytes: Uint8Array, symbology: string): void {
    if (this.#reading.signal.aborted) {
      this.#context.onEvent({ event: 'unseen' });
    } else {
      if (this.#layout.trigger) this.#reading.abort();
      this.#sendCode(bytes, symbology);
      if (this.#fault === 'duplicate') this.#sendCode(bytes, symbology);
      this.#context.onEvent({ event: 'shown' });
    }
    if (this.#fault === 'stuck') this.#stuck.showAgain(() => this.#show(bytes, symbology));
  }

  #sendCode(bytes: Uint8Array, symbology: string): void {
    const { report: id } = this.#layout;
    const reports = encodeCode(this.#layout, { bytes, symbology });
    if (this.#fault === 'noise') {
      this.#send(encodePayload(OTHER_REPORT, bytes.subarray(0, 8)));
      this.#send(Uint8Array.of(id, 1, 0x41));
      this.#send(encodePayload(id, new Uint8Array()));
    }
    if (this.#fault === 'wrong-length') reports[0]?.set([0xff], 1);
    for (const report of this.#fault === 'cut' ? reports.slice(0, -1) : reports) this.#send(report);
  }

  #send(report: Uint8Array): void {
    if (this.#fault === 'silent') return;
    const piece = this.#fault === 'split' ? Math.ceil(report.length / 2) : report.length;
    for (let at = 0; at < report.length; at += piece) this.#context.send(report.slice(at, at + piece));
  }
}
