import { z } from 'zod';

/**
 * What goes wrong on a line, and when: a small JSON file that any simulator can be given, whatever its protocol. The same
 * seed gives the same faults for the same bytes.
 *
 *     { "seed": 7, "steps": [
 *         { "do": { "cut": "each-byte", "pauseMs": 2 } },
 *         { "after": { "event": "card-found" }, "do": { "noise": "before", "bytes": ["AAAAAA9669FFFF"] } },
 *         { "after": { "toHost": 700 }, "do": { "unplug": true } },
 *         { "after": { "ms": 500 }, "do": [{ "plug": true }, { "clear": true }, { "act": { "card": null } }] } ] }
 *
 * "Message" below is what the simulator sends at once, as a rule one frame.
 */

const hex = z.string().regex(/^(?:[0-9A-Fa-f]{2})+$/u);
const off = z.literal('off');

/** Each key but the last five lasts until it is set anew, is `off`, or all are cleared. */
export const lineFault = z.union([
  z.strictObject({
    /** Messages come in pieces: every byte alone, or cut at random places. */
    cut: z.enum(['each-byte', 'anywhere', 'off']),
    /** Before each piece: what keeps pieces apart on a real terminal, and what makes a line slow. */
    pauseMs: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    /** Bytes that belong to nothing, in front of each message, somewhere within it, or both. */
    noise: z.enum(['before', 'inside', 'around', 'off']),
    /** What the noise is chosen from, such as beginnings of frames that never go on; a few random bytes without it. */
    bytes: z.array(hex).min(1).optional(),
  }),
  /** That byte of each message is another one; negative numbers count from the end, -1 being the last. */
  z.strictObject({ damage: z.union([z.int(), off]) }),
  /** So many bytes are missing at the end of each message. */
  z.strictObject({ shorten: z.union([z.int().positive(), off]) }),
  /** Each message comes so many times more. */
  z.strictObject({ repeat: z.union([z.int().positive(), off]) }),
  /** `answers`: the device hears and does, but what it says gets lost. `both`: the port takes writes, and nobody is there. */
  z.strictObject({ mute: z.enum(['answers', 'both', 'off']) }),
  /** Somebody plugged another device in. Its own faults and actions are its driver's. */
  z.strictObject({ otherDevice: z.union([z.strictObject({ driver: z.string(), profile: z.string() }), off]) }),
  /** None of the above any more. */
  z.strictObject({ clear: z.literal(true) }),
  /** These bytes, once, as they stand. */
  z.strictObject({ send: hex }),
  /** The line is gone at once, whatever is on its way. */
  z.strictObject({ unplug: z.literal(true) }),
  z.strictObject({ plug: z.literal(true) }),
  /** An action of the simulator; each driver's README lists its own. */
  z.strictObject({ act: z.record(z.string(), z.unknown()) }),
]);
export type LineFault = z.infer<typeof lineFault>;

/** Counted from the step before. */
const trigger = z.union([
  z.strictObject({ ms: z.int().nonnegative() }),
  /** That many bytes have gone to the host, or come from it; the fault strikes between two bytes, also within a message. */
  z.strictObject({ toHost: z.int().positive() }),
  z.strictObject({ toDevice: z.int().positive() }),
  /** The simulator told of an event with this name. */
  z.strictObject({ event: z.string() }),
]);
export type Trigger = z.infer<typeof trigger>;

export const faultScript = z.strictObject({
  seed: z.int().nonnegative().default(1),
  steps: z
    .array(
      z.strictObject({
        /** At once without it. */
        after: trigger.optional(),
        do: z.union([lineFault, z.array(lineFault).min(1)]),
      }),
    )
    .min(1),
});
export type FaultScript = z.infer<typeof faultScript>;
