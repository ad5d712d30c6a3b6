import { z } from 'zod';
import { figureNames } from '../../domain/statistics/hall-figures.ts';
import { ratingLevel } from '../../domain/rating.ts';
import { periodKinds } from '../../domain/statistics/period.ts';
import { officeRead } from './office-call.ts';

const day = z.iso.date();
const hall = z.string().regex(/^\d{6,12}$/);
const count = z.int().nonnegative();
const period = z.object({ from: day, to: day });

/** A figure as the two whole numbers it is made of, and as it is shown; a dash when there was nothing to count. */
const figure = z.object({
  part: z.int(),
  whole: z.int(),
  unit: z.enum(['percent', 'each']),
  written: z.string(),
  target: z
    .object({ atLeast: z.number().optional(), atMost: z.number().optional(), unit: z.string(), source: z.string() })
    .optional(),
  /** Absent without a target or without anything to count. */
  reached: z.boolean().optional(),
});

/** The period of that kind around a day, for one hall or for all of them. */
const asked = z.strictObject({ kind: z.enum(periodKinds), day, hall: hall.optional() });

/** Figures of halls, all of them counts: no person and no single case is in them. */
export const statisticsCalls = {
  figures: officeRead
    .route({
      method: 'POST',
      path: '/statistics/figures',
      summary: 'The figures of a day, week, month or quarter, with their targets',
    })
    .input(asked)
    .output(z.object({ period, figures: z.record(z.enum(figureNames), figure) })),
  items: officeRead
    .route({ method: 'POST', path: '/statistics/items', summary: 'Cases, time and ratings of each item in a period' })
    .input(asked)
    .output(
      z.object({
        period,
        items: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            handedIn: count,
            closed: count,
            complaints: count,
            onTime: figure,
            activelyRated: figure,
            /** How often its guide was rated up to the end of the period; of one guide, so `whole` is 1. */
            ratingsPerGuide: figure,
            satisfied: figure,
          }),
        ),
      }),
    ),
  day: officeRead
    .route({ method: 'POST', path: '/statistics/day', summary: 'What happened on a day, for the report at its end' })
    .input(z.strictObject({ day, hall: hall.optional() }))
    .output(
      z.object({
        day,
        /** `open`, `overdue`: at the end of that day. */
        cases: z.object({ handedIn: count, closed: count, open: count, overdue: count }),
        ratings: z.record(ratingLevel, count),
        /** Of those that came up to that day: which are open now, and were due before it and are not done yet. */
        badReviews: z.object({ opened: count, open: count, overdue: count }),
        enquiries: z.object({ consultations: count, complaints: count, open: count, overdue: count }),
        tickets: count,
      }),
    ),
};
