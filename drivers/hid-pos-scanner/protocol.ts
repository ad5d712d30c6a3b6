import { MOST_CODE_BYTES, REPORT_BYTES } from './limits.ts';
import type { ReportLayout } from './profile.ts';

/** Reports of bar code scanners (HID usage page 8C), both directions, laid out as the profile says. Pure. */

export interface ReportedCode {
  readonly bytes: Uint8Array;
  /** AIM identifier without its `]`. */
  readonly symbology?: string;
}

/** `answer`: the scanner took a command. */
export type Reported = { readonly kind: 'code'; readonly code: ReportedCode } | { readonly kind: 'answer' };

const LENGTH_AT = 1;
const PAYLOAD_AT = 2;
/** Flag, code character, modifier (ISO/IEC 15424). */
const AIM = /^\][A-Za-z][0-9A-Za-z]$/u;
const AIM_BYTES = 3;

/** The reports of one code. */
export function encodeCode(layout: ReportLayout, { bytes, symbology }: ReportedCode): Uint8Array[] {
  const reports: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += layout.room) {
    const part = bytes.subarray(at, at + layout.room);
    const report = Buffer.alloc(REPORT_BYTES);
    report.set([layout.report, part.length]);
    if (layout.aim !== null && symbology !== undefined) report.write(`]${symbology}`, layout.aim, 'latin1');
    report.set(part, layout.data);
    report[layout.continued] = at + layout.room < bytes.length ? 1 : 0;
    reports.push(new Uint8Array(report));
  }
  return reports;
}

/** A report with a command or an answer: id, length, payload, zeros. */
export function encodePayload(reportId: number, payload: Uint8Array): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES);
  report.set([reportId, payload.length, ...payload]);
  return report;
}

/** What {@link encodePayload} put into a report with that id; nothing when it is another one. */
export function payloadOf(reportId: number, report: Uint8Array): Uint8Array | undefined {
  const [id, length = 0] = report;
  if (id !== reportId || report.length < PAYLOAD_AT + length) return undefined;
  return report.subarray(PAYLOAD_AT, PAYLOAD_AT + length);
}

/**
 * Puts codes together from reports. A code with an impossible report in it is dropped whole, up to the report that says to be its last;
 * so is one longer than {@link MOST_CODE_BYTES}, and it is never kept longer than that.
 */
export class ReportDecoder {
  readonly #layout: ReportLayout;
  readonly #held = Buffer.alloc(MOST_CODE_BYTES);
  #size = 0;
  #symbology: string | undefined;
  #isBroken = false;

  constructor(layout: ReportLayout) {
    this.#layout = layout;
  }

  get pendingBytes(): number {
    return this.#size;
  }

  push(report: Uint8Array): Reported | undefined {
    const { report: id, continued, trigger } = this.#layout;
    if (report.length < REPORT_BYTES || report[0] !== id) return undefined;
    if (trigger && Buffer.from(trigger.answer).equals(payloadOf(id, report) ?? NOTHING)) return { kind: 'answer' };
    this.#append(Buffer.from(report));
    if (Buffer.from(report).readUInt8(continued) & 1) return undefined;
    return this.#finish();
  }

  clear(): void {
    this.#held.fill(0, 0, this.#size);
    this.#size = 0;
    this.#isBroken = false;
  }

  #append(report: Buffer): void {
    const { aim, data, room } = this.#layout;
    const length = report.readUInt8(LENGTH_AT);
    const symbology = aim === null ? undefined : aimIn(report.toString('latin1', aim, aim + AIM_BYTES));
    // The rest of another code never came.
    if (symbology !== this.#symbology) this.clear();
    this.#symbology = symbology;
    this.#isBroken ||= length > room || this.#size + length > MOST_CODE_BYTES;
    if (this.#isBroken) return;
    this.#held.set(report.subarray(data, data + length), this.#size);
    this.#size += length;
  }

  #finish(): Reported | undefined {
    const isCode = !this.#isBroken && this.#size > 0;
    const bytes = new Uint8Array(this.#held.subarray(0, this.#size));
    const symbology = this.#symbology;
    this.clear();
    if (!isCode) return undefined;
    return { kind: 'code', code: symbology === undefined ? { bytes } : { bytes, symbology } };
  }
}

const NOTHING = new Uint8Array();

const aimIn = (text: string): string | undefined => (AIM.test(text) ? text.slice(1) : undefined);
