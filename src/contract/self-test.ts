import { z } from 'zod';
import { printDocument } from '../domain/print-document.ts';
import { ratingLevel } from '../domain/rating.ts';
import { deviceClass, deviceReason, selfTestVerdict } from './device-classes.ts';

/** What is looked at, one after the other; `attended` steps need a person. */
export const selfTestStep = z.enum([
  /** The port opens. */
  'line',
  /** The device answers, is the right one and says that it is well. */
  'answer',
  /** The reader tells the serial number of its module, which is then in `subject`. */
  'serial-number',
  /** Attended: a card is laid on the reader. */
  'card',
  /** A page is printed. */
  'test-page',
  /** Attended: the key of the level in `subject` is pressed. Skipped with `no-key` for a level that only the screen offers. */
  'key',
  /** Attended: the pad shows or sounds what `subject` says. */
  'signal',
  /** A scanner says what it can do. */
  'capabilities',
  /** Attended: a page that lies in the scanner. */
  'page',
  /** Attended: a code is shown to the reader. */
  'code',
  /** The lamp of the slot in `subject` goes on and off. */
  'lamp',
]);
export type SelfTestStep = z.infer<typeof selfTestStep>;

const about = { step: selfTestStep, subject: z.string().max(60).optional() };

export const selfTestStepResult = z.strictObject({
  ...about,
  /** `skipped`: nobody did in time what the step needs, or the device has nothing to try it with. */
  outcome: z.enum(['passed', 'failed', 'skipped']),
  reason: deviceReason.optional(),
  /** The key that came, as the pad calls it, and the level it stands for, if for any. */
  pressed: z.strictObject({ key: z.string().max(8), level: ratingLevel.optional() }).optional(),
});
export type SelfTestStepResult = z.infer<typeof selfTestStepResult>;

export const selfTestResult = z.strictObject({
  device: z.string(),
  class: deviceClass,
  driver: z.string(),
  /** ISO 8601, UTC, by this kiosk's clock. */
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  attended: z.boolean(),
  verdict: selfTestVerdict,
  /** Of the first step that failed or was missed. */
  reason: deviceReason.optional(),
  steps: z.array(selfTestStepResult),
});
export type SelfTestResult = z.infer<typeof selfTestResult>;

const device = z.string();
export const selfTestEvent = z.discriminatedUnion('kind', [
  /** A step begins: the moment to tell a person what to do. */
  z.strictObject({ kind: z.literal('step'), device, ...about, attended: z.boolean() }),
  z.strictObject({ kind: z.literal('step-ended'), device, ...selfTestStepResult.shape }),
  z.strictObject({ kind: z.literal('ended'), device, result: selfTestResult }),
]);
export type SelfTestEvent = z.infer<typeof selfTestEvent>;

export const selfTestOptions = z.strictObject({
  /** Somebody is there and does what the steps ask for. */
  attended: z.boolean(),
  /** What a printer prints; without it nothing is printed. */
  testPage: printDocument.optional(),
});
export type SelfTestOptions = z.infer<typeof selfTestOptions>;
