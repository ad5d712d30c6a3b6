import { z } from 'zod';
import { ratingLevels } from '../../src/domain/rating-levels.ts';
import type { PadProfile } from './profile.ts';

const fault = z.enum([
  'none',
  /** Hears and says nothing. */
  'silent',
  /** Two bytes that belong to nothing and the beginning of a frame that never goes on, before each message. */
  'noise',
  'wrong-checksum',
  /** Does not hear acknowledgements: sends each press again and again, as its table says. */
  'deaf',
  /** A key hangs: its press comes again and again for as long as the fault lasts. */
  'stuck',
]);
export type PadFault = z.infer<typeof fault>;

const byte = z.int().min(0).max(255);

/** What the simulated pad can be told. Any key can be pressed, also one that means nothing; those that mean a level are named after it. */
export function padAction({ keys }: PadProfile) {
  const named = Object.entries(keys)
    .toSorted(([, one], [, other]) => ratingLevels.indexOf(one) - ratingLevels.indexOf(other))
    .map(([key, level]) => z.literal(Number.parseInt(key, 16)).meta({ title: level }));
  return z.union([
    z.strictObject({
      press: z.union([...named, byte]),
      /** Of another pad on the same line. */
      address: byte.optional(),
    }),
    z.strictObject({ fault: fault.meta({ default: 'none' }) }),
  ]);
}
