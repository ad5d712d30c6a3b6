import { z } from 'zod';

/** What a kiosk's process is told beside the shell's own start values. */
export const childSettings = z.strictObject({
  /** Milliseconds since 1970 */
  startAt: z.number(),
  /** How many times as fast as outside its time goes. */
  speed: z.number().positive(),
  /** Share of a full back-off that is waited at the most. */
  waitShare: z.number().min(0).max(1),
});
export type ChildSettings = z.infer<typeof childSettings>;

export interface FromHarness {
  readonly type: 'advance';
  readonly milliseconds: number;
}

/** As in the core process: it ended on purpose, to be started anew. */
export const RESTART_EXIT_CODE = 75;
