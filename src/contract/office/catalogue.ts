import { z } from 'zod';
import { equalFields } from '../../domain/catalogue/twins.ts';
import { officeRead } from './office-call.ts';

/** Where the copies of one item in the catalogues of two regions say different things. */
const twinDifference = z.object({
  /** 基本编码, which is the same in both. */
  basic: z.string(),
  field: z.enum(equalFields),
  /** 实施编码 of the two. */
  codes: z.tuple([z.string(), z.string()]),
  changes: z.array(
    z.object({
      /** As in `limits.promised`; empty for the whole. */
      path: z.string(),
      /** As JSON, or `nothing`. */
      before: z.string(),
      after: z.string(),
    }),
  ),
});

/** What those who make catalogues ask about what is published. */
export const catalogueCalls = {
  twins: officeRead
    .route({
      method: 'POST',
      path: '/catalogue/twins',
      summary: 'Items of several regions that differ in one of the seven fields that are to be the same everywhere',
    })
    .input(
      z.strictObject({
        /** Codes (six digits) of the regions to compare; all when none is named. */
        regions: z.array(z.string().regex(/^\d{6}$/)).max(100),
      }),
    )
    .output(
      z.object({
        /** The published catalogue that was looked at. */
        version: z.int().nonnegative(),
        /** Items that have a twin. */
        compared: z.int().nonnegative(),
        differences: z.array(twinDifference),
      }),
    ),
};
