import { z } from 'zod';
import { deviceState } from './device-classes.ts';

/**
 * Every event that may be logged, by room: its level and the fields it may carry. One catalogue, so that a reader of the
 * logs finds every name here and a reviewer sees at one place that no personal data is among the fields.
 * Add an event to the group of the room that writes it.
 */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

function event<S extends z.ZodRawShape>(level: LogLevel, fields: S) {
  return { level, schema: z.strictObject(fields) };
}

/** An id or a fixed word of ours: device ids, drivers, named reasons, versions. */
const word = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9._:/@+-]*$/);
/**
 * A technical hint for the maintainer, such as the text of a system error. Runs of eleven digits and more are refused,
 * since they might be an identity or telephone number; never pass anything a person typed or a card said.
 */
const hint = z
  .string()
  .max(500)
  .regex(/^(?!.*\d{11})/s);
const count = z.int().nonnegative();

const logEvents = {
  devices: {
    started: event('info', { version: word, devices: count }),
    /** The device list of the configuration is not usable; the process goes on without devices. */
    'config-refused': event('error', { detail: hint }),
    'driver-unknown': event('error', { device: word, driver: word, profile: word }),
    /** Not opened, since it could type into pages or carry files. */
    'port-refused': event('warn', { device: word, reason: word, vendor: word, product: word }),
    /** Plugged in, in no line of the configuration, and so left alone. */
    'unlisted-ignored': event('info', { link: word, vendor: word, product: word }),
    'state-changed': event('info', { device: word, from: deviceState, to: deviceState, reason: word.optional() }),
    'use-failed': event('warn', { device: word, reason: word }),
    /** A decoder of photos has a bug; the card was read all the same. */
    'photo-not-decoded': event('warn', { device: word, name: word, frames: hint }),
    'print-ended': event('info', { device: word, job: word, outcome: word }),
    /** A bug of a driver, which is begun anew. Name and places only, as below. */
    'driver-crashed': event('error', { device: word, name: word, frames: hint }),
    /** Counters and closed devices could not be kept for the next start (`write`), or not be read at this one (`read`). */
    'records-failed': event('error', { what: word, detail: hint }),
    'self-tested': event('info', { device: word, verdict: word, reason: word.optional() }),
    /** The process ends with it. Name and places only: a message may quote what came from a device. */
    bug: event('fatal', { name: word, frames: hint }),
  },
  core: {
    started: event('info', { version: word, items: count, waiting: count }),
    'out-of-service': event('error', { reason: word, detail: hint.optional() }),
    /** How the platform is spoken to, and what its system has no form for. */
    'platform-adapter': event('info', { adapter: word, lacks: hint }),
    'item-left-out': event('warn', { file: hint, problem: hint }),
    /** A newer catalogue is live. `how`: all of it came, or only what changed. */
    'catalogue-switched': event('info', { version: count, batch: hint, items: count, how: word }),
    /** The catalogue that was live stays live. */
    'catalogue-kept': event('warn', { version: count, reason: word }),
    'item-doubtful': event('warn', { file: hint, problem: hint }),
    /** `pages`: scan files without a record, kept in a folder of their own. */
    'store-set-aside': event('error', { name: word, carried: count, incomplete: z.boolean(), pages: count }),
    /** `unreadable`: records that no key opens, as before. */
    'key-rotated': event('info', { rewrapped: count, unreadable: count }),
    /** The platform has had them for long enough. */
    erased: event('info', { records: count }),
    /** It is night, nobody is there, and the process ends to be started anew. */
    renewing: event('info', {}),
    'visit-ended': event('info', { cause: word }),
    'wipe-record-failed': event('error', { cause: word }),
    'write-failed': event('error', { what: word, cause: word }),
    'case-committed': event('info', { record: word, pages: count }),
    'print-ended': event('info', { outcome: word, reason: word.optional() }),
    /** `target`, here and below: where it went, or should go, unless to the platform. */
    delivered: event('info', { step: word, record: word, attempts: count, target: word.optional() }),
    'delivery-postponed': event('warn', {
      step: word,
      record: word,
      reason: word,
      attempts: count,
      waitMs: count,
      target: word.optional(),
    }),
    /** `outcome`: refused, conflict or needs-staff. */
    'delivery-parked': event('error', {
      step: word,
      record: word,
      reason: word,
      outcome: word,
      target: word.optional(),
    }),
    /** What staff did; who it was stands in the store's own record. */
    'staff-acted': event('info', { action: word, subject: word.optional() }),
    'device-event': event('info', { device: word, kind: word, reason: word.optional() }),
    /** Numbers of a queue to give out on that day. */
    'queue-leased': event('info', { queue: word, day: word, count }),
    'queue-lease-refused': event('warn', { queue: word, day: word, reason: word }),
    'ticket-taken': event('info', { record: word, queue: word, left: count }),
    /** `reason`: all numbers of the leases were given (`used-up`), or there never were any for the day (`not-leased`). */
    'ticket-refused': event('warn', { queue: word, reason: word }),
    'platform-changed': event('info', { state: word, reason: word.optional(), target: word.optional() }),
    /** Changes from the platform that are new here. */
    'changes-taken': event('info', { changes: count }),
    /** Of another version's kind or form: kept as it is, and the rest goes on. */
    'change-kept': event('warn', { kind: word, change: word, why: word }),
    'changes-not-read': event('warn', { reason: word, waitMs: count }),
    /** The platform does not know how far this kiosk has read, as after going back to a backup: its list is read anew. */
    'changes-read-anew': event('warn', {}),
    'config-accepted': event('info', { version: count, effectiveAt: word }),
    /** The process ends on purpose, and the next one works by it. */
    'config-due': event('info', { version: count }),
    'config-in-force': event('info', { version: count }),
    'config-rejected': event('error', { version: count, reason: word, detail: hint.optional() }),
    /** The kiosk did not start with it; `to` is in force again, 0 being the kiosk's own file alone. */
    'config-returned': event('error', { version: count, to: count, detail: hint.optional() }),
    /** By how many seconds the clock runs ahead of the platform's; negative when behind. */
    'clock-suspect': event('error', { driftSeconds: z.int() }),
    'clock-right': event('info', { driftSeconds: z.int() }),
    /** What the platform received on a day is what was handed over. */
    reconciled: event('info', { day: word, records: count }),
    /** Numbers of records that are missing at the platform, not from here, or with other content. */
    'records-differ': event('error', { day: word, kind: word, missing: count, extra: count, altered: count }),
    'cases-unregistered': event('error', { cases: count }),
    'device-call-failed': event('warn', { call: word }),
    /** `failed`: what did, device ids and parts of the machine. */
    'self-tested': event('info', { cause: word, verdict: word, failed: z.array(word) }),
    /** The lamp of a slot that the configuration names could not be lit. */
    'lamp-dark': event('warn', { slot: word, reason: word }),
    /** A code that was shown is nothing that this kiosk takes. */
    'code-refused': event('warn', { reason: word }),
    /** A page that came from a scanner is not what a page may be. */
    'page-refused': event('warn', { reason: word }),
    'page-fault': event('warn', { code: word }),
    'page-gone': event('warn', {}),
    'bad-request': event('warn', { call: word }),
    /** The process ends with it. Names and places only: a message may quote what a person entered. */
    bug: event('fatal', { name: word, frames: hint }),
  },
  shell: {
    started: event('info', { version: word, electron: word }),
    /** Where the key of the data at rest is kept. */
    'device-key': event('info', { kept: word }),
    /** Everything at rest is under the new key; the former one is gone. */
    'device-key-rotated': event('info', {}),
    'process-ready': event('info', { name: word }),
    'process-lost': event('error', { name: word, cause: word, code: z.int(), pause: count }),
    /** A helper process of Chromium (GPU, network ...) ended. */
    'child-gone': event('warn', { type: z.string().max(40), reason: word }),
    'page-lost': event('error', { cause: word }),
    'page-hopeless': event('fatal', {}),
    'second-instance': event('warn', {}),
    /** Something a page asked for and must not have: a permission, a navigation, a key, a foreign sender. */
    refused: event('warn', { what: word }),
    /** The application starts anew with it. */
    bug: event('fatal', { name: word, frames: hint }),
  },
  platform: {
    listening: event('info', { url: word }),
    answered: event('info', { call: word }),
    refused: event('warn', { call: word, code: word }),
    failed: event('error', { call: word, detail: hint }),
    'fault-set': event('warn', { fault: word }),
    /** A request waits for the end of a fault. */
    held: event('warn', {}),
  },
} as const satisfies Record<string, Record<string, ReturnType<typeof event>>>;

type Rooms = typeof logEvents;

/** `room.event`, as in `devices.state-changed`. */
export type EventName = { [R in keyof Rooms]: `${R}.${keyof Rooms[R] & string}` }[keyof Rooms];

export type EventFields<N extends EventName> = N extends `${infer R extends keyof Rooms}.${infer E}`
  ? E extends keyof Rooms[R]
    ? Rooms[R][E] extends { schema: infer S extends z.ZodType }
      ? z.input<S>
      : never
    : never
  : never;

const byName = new Map(
  Object.entries(logEvents).flatMap(([room, events]) =>
    Object.entries<ReturnType<typeof event>>(events).map(([name, entry]) => [`${room}.${name}`, entry] as const),
  ),
);

export function findEvent(name: EventName): ReturnType<typeof event> {
  const entry = byName.get(name);
  if (!entry) throw new Error(`no such log event: ${name}`);
  return entry;
}
