import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { deviceView } from './device-classes.ts';
import { diagnosisEvent, kioskFacts } from './diagnosis.ts';
import { staffNumber, staffPin, staffRole } from './staff-account.ts';

/** Who is signed in. */
export const staffView = z.strictObject({ number: staffNumber, name: z.string(), role: staffRole });
export type StaffView = z.infer<typeof staffView>;

/** Why a member of staff closes a device. */
export const closingReason = z.enum(['staff-broken', 'staff-supplies', 'staff-cleaning', 'staff-other']);
export type ClosingReason = z.infer<typeof closingReason>;

/** What a record tells of; `other`: a kind that only a later version knows. */
export const parkedKind = z.enum([
  'case',
  'scan',
  'rating',
  'self-test',
  'config-report',
  'queue-ticket',
  'device-event',
  'other',
]);

/** A record that no repetition by itself could help. Nothing in it is about the person. */
const parkedRecord = z.strictObject({
  id: z.string(),
  target: z.enum(['platform', 'case-library']),
  kind: parkedKind,
  /** Provisional number of its case. */
  number: z.string().optional(),
  /** The sender's own word, such as `unknown-case`. */
  reason: z.string(),
  /** When the record was made; ISO 8601 with offset. */
  at: z.string(),
});
export type ParkedRecord = z.infer<typeof parkedRecord>;

const NOT_IN_SERVICE = {};
const staff = oc.errors({
  NOT_IN_SERVICE,
  /** Nobody is signed in, or is any more. */
  SIGN_IN_NEEDED: {},
  /** The record of the action could not be written, so it was not done. */
  NOT_RECORDED: {},
});
const ofDevice = staff.errors({
  UNKNOWN_DEVICE: {},
  /** The device process is being started anew. */
  DEVICES_AWAY: {},
});
/** Only a maintainer looks into the kiosk. */
const ROLE_NEEDED = {};
const device = z.strictObject({ id: z.string().max(80) });

/** What the staff pages may ask of core. Each call that does something is written to the record of staff actions first. */
export const staffApi = {
  signIn: oc
    .errors({
      NOT_IN_SERVICE,
      NOT_RECORDED: {},
      /** Number or PIN are wrong; which of them is not told. */
      REFUSED: {},
      /** Too many wrong PINs. */
      LOCKED: { data: z.strictObject({ minutes: z.int().positive() }) },
      /** A citizen is being served. */
      VISIT_OPEN: {},
    })
    .input(z.strictObject({ number: staffNumber, pin: staffPin }))
    .output(staffView),
  /** Safe to repeat. */
  signOut: oc.input(z.strictObject({ cause: z.enum(['asked', 'idle']) })).output(z.void()),
  /** The device page: all devices, at once and at every change. Ends with the sign-in. */
  watchDevices: staff.output(eventIterator(z.array(deviceView))),
  closeDevice: ofDevice.input(device.extend({ reason: closingReason })).output(z.void()),
  openDevice: ofDevice.input(device).output(z.void()),
  /** The records that wait for staff, the oldest first. */
  parkedRecords: staff.output(z.array(parkedRecord)),
  /** Puts one back into its queue, under the key it had. `UNKNOWN_RECORD`: it is not parked, or not any more. */
  sendAgain: staff
    .errors({ UNKNOWN_RECORD: {} })
    .input(z.strictObject({ id: z.string().max(80), target: parkedRecord.shape.target }))
    .output(z.void()),
  /** The diagnostics page: what runs here, and what is plugged in. */
  facts: staff.errors({ ROLE_NEEDED }).output(kioskFacts),
  /**
   * Tries one device, with the maintainer doing what each step asks for, and shows the bytes of its line. Leaving the stream
   * ends the test without a result; it ends without one, too, when the device process does.
   */
  diagnose: ofDevice.errors({ ROLE_NEEDED }).input(device).output(eventIterator(diagnosisEvent)),
};
