import { z } from 'zod';
import { printDocument } from '../domain/print-document.ts';
import { ratingLevel } from '../domain/rating.ts';
import { deviceClass, deviceReason, selfTestVerdict } from './device-classes.ts';
import { selfTestExample } from './self-test-example.ts';

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
  /** The platform itself answers, not only something on the way to it. */
  'platform',
  /** This computer's clock beside the platform's; `subject` is the difference, such as `+1 s`. */
  'drift',
  /** Room for more cases; `subject` is what is free. */
  'free-space',
  /** The store says that no part of it is damaged. */
  'integrity',
  /** The computer has somewhere to play sound; `subject` is how many such places. */
  'output',
  /** Attended: somebody hears a sound. */
  'sound',
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

/** What is no device and has to work all the same. */
export const machinePart = z.enum(['network', 'clock', 'disk', 'store', 'speaker']);
export type MachinePart = z.infer<typeof machinePart>;

export const machineTestResult = z.strictObject({
  part: machinePart,
  verdict: selfTestVerdict,
  /** Of the first step that failed or was missed. */
  reason: deviceReason.optional(),
  steps: z.array(selfTestStepResult),
});
export type MachineTestResult = z.infer<typeof machineTestResult>;

/** One self-test of the whole kiosk, as it is kept and sent. Knows nothing of any person. */
export const selfTestReport = z
  .strictObject({
    id: z.uuid(),
    kioskId: z.string().min(1).max(64),
    /** `opening`: the daily one, by itself. `staff`: somebody asked for it. */
    cause: z.enum(['opening', 'staff']),
    attended: z.boolean(),
    /** ISO 8601, UTC, by this kiosk's clock. */
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** `failed` when anything failed, else `incomplete` when anything was not tried to its end. */
    verdict: selfTestVerdict,
    machine: z.array(machineTestResult).max(20),
    devices: z.array(selfTestResult).max(200),
  })
  .meta({ examples: [selfTestExample] });
export type SelfTestReport = z.infer<typeof selfTestReport>;

const device = z.string();
export const selfTestEvent = z.discriminatedUnion('kind', [
  /** A step begins: the moment to tell a person what to do. */
  z.strictObject({ kind: z.literal('step'), device, ...about, attended: z.boolean() }),
  z.strictObject({ kind: z.literal('step-ended'), device, ...selfTestStepResult.shape }),
  z.strictObject({ kind: z.literal('ended'), device, result: selfTestResult }),
]);
export type SelfTestEvent = z.infer<typeof selfTestEvent>;

/** A self-test of the whole kiosk, as it goes on. Ends with `finished`. */
export const kioskTestEvent = z.discriminatedUnion('kind', [
  ...selfTestEvent.options,
  /** As `step` and `step-ended`, of a part that is no device. */
  z.strictObject({ kind: z.literal('part-step'), part: machinePart, ...about, attended: z.boolean() }),
  z.strictObject({ kind: z.literal('part-step-ended'), part: machinePart, ...selfTestStepResult.shape }),
  z.strictObject({ kind: z.literal('part-ended'), result: machineTestResult }),
  /** `kept`: on the disk, and on its way to the platform. False when the disk refused. */
  z.strictObject({ kind: z.literal('finished'), report: selfTestReport, kept: z.boolean() }),
]);
export type KioskTestEvent = z.infer<typeof kioskTestEvent>;

export const selfTestOptions = z.strictObject({
  /** Somebody is there and does what the steps ask for. */
  attended: z.boolean(),
  /** What a printer prints; without it nothing is printed. */
  testPage: printDocument.optional(),
});
export type SelfTestOptions = z.infer<typeof selfTestOptions>;
