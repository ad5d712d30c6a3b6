import { ORPCError } from '@orpc/client';
import type { DeviceView } from '../../contract/device-classes.ts';
import { assertNever } from '../../domain/result.ts';
import type { DeviceClient } from '../device/device-link.ts';
import { factsOf } from '../diagnosis/facts.ts';
import { testPage } from '../readiness/test-page.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import type { Present } from '../staff/staff-desk.ts';
import { untilRung, Wake } from '../sync/wake.ts';
import { inService, watched, type Base } from './base.ts';

/** Of the texts on the page that is printed for a test. */
const TEST_PAGE_LOCALE = 'zh-CN';

type Thrower<E extends string> = Readonly<Record<E, () => Error>>;
type Deed = Parameters<Service['staff']['record']>[0];

export function staffRoutes(os: Base, room: CoreRoom) {
  return {
    signIn: os.staff.signIn.handler(async ({ input, errors }) => {
      const { staff, leftItems } = inService(room, errors);
      const signedIn = await staff.signIn(input.number, input.pin);
      if (signedIn.ok) {
        leftItems.handOver();
        return signedIn.value;
      }
      switch (signedIn.reason) {
        case 'wrong':
          throw errors.REFUSED();
        case 'visit-open':
          throw errors.VISIT_OPEN();
        case 'not-recorded':
          throw errors.NOT_RECORDED();
        case 'locked':
          throw errors.LOCKED({ data: { minutes: signedIn.minutes } });
        default:
          return assertNever(signedIn);
      }
    }),
    signOut: os.staff.signOut.handler(({ input }) => room.service?.staff.signOut(input.cause)),
    watchDevices: os.staff.watchDevices.handler(({ errors, signal }) => {
      const { left } = acting(room, errors, { action: 'page-opened', subject: 'devices' });
      return watched(room, devicesUntil(room, signal ? AbortSignal.any([left, signal]) : left));
    }),
    closeDevice: os.staff.closeDevice.handler(async ({ input: { id, reason }, errors }) => {
      const client = deviceFor(room, errors, id);
      acting(room, errors, { action: 'device-closed', subject: id, detail: reason });
      await asked(client.devices.disable({ id, reason }), errors);
    }),
    openDevice: os.staff.openDevice.handler(async ({ input: { id }, errors }) => {
      const client = deviceFor(room, errors, id);
      acting(room, errors, { action: 'device-opened', subject: id });
      await asked(client.devices.enable({ id }), errors);
    }),
    parkedRecords: os.staff.parkedRecords.handler(({ errors }) => {
      acting(room, errors, { action: 'page-opened', subject: 'records' });
      return inService(room, errors).parked.list();
    }),
    sendAgain: os.staff.sendAgain.handler(({ input: { id, target }, errors }) => {
      const service = inService(room, errors);
      const { staff, parked, clock, selfTest } = service;
      if (!staff.present) throw errors.SIGN_IN_NEEDED();
      const put = staff.sendAgain(id, target, () => parked.sendAgain(target, id, clock.now().getTime()));
      if (!put.ok) throw errors.NOT_RECORDED();
      if (!put.value) throw errors.UNKNOWN_RECORD();
      service.onQueued();
      selfTest.sync.wake();
      room.board.changed();
    }),
    facts: os.staff.facts.handler(async ({ errors }) => {
      needMaintainer(room, errors);
      acting(room, errors, { action: 'page-opened', subject: 'diagnosis' });
      const service = inService(room, errors);
      return factsOf(service, await room.deps.devices.ports());
    }),
    diagnose: os.staff.diagnose.handler(({ input: { id }, errors, signal }) => {
      needMaintainer(room, errors);
      deviceFor(room, errors, id);
      const { left } = acting(room, errors, { action: 'device-tried', subject: id });
      const until = signal ? AbortSignal.any([left, signal]) : left;
      return watched(room, room.deps.devices.diagnose(id, testPage(TEST_PAGE_LOCALE), until));
    }),
  };
}

/** Whoever is signed in, once what they are about to do is written down. */
function acting(
  room: CoreRoom,
  errors: Thrower<'NOT_IN_SERVICE' | 'SIGN_IN_NEEDED' | 'NOT_RECORDED'>,
  deed: Deed,
): Present {
  const { staff } = inService(room, errors);
  const { present } = staff;
  if (!present) throw errors.SIGN_IN_NEEDED();
  if (!staff.record(deed)) throw errors.NOT_RECORDED();
  return present;
}

function needMaintainer(room: CoreRoom, errors: Thrower<'NOT_IN_SERVICE' | 'SIGN_IN_NEEDED' | 'ROLE_NEEDED'>): void {
  const { present } = inService(room, errors).staff;
  if (!present) throw errors.SIGN_IN_NEEDED();
  if (present.account.role !== 'maintainer') throw errors.ROLE_NEEDED();
}

/** Only of devices that there are: what a page makes up does not get into the record. */
function deviceFor(
  room: CoreRoom,
  errors: Thrower<'NOT_IN_SERVICE' | 'SIGN_IN_NEEDED' | 'UNKNOWN_DEVICE' | 'DEVICES_AWAY'>,
  id: string,
): DeviceClient {
  if (!inService(room, errors).staff.present) throw errors.SIGN_IN_NEEDED();
  const { client, devices } = room.deps.devices;
  if (!client) throw errors.DEVICES_AWAY();
  if (!devices.some((device) => device.id === id)) throw errors.UNKNOWN_DEVICE();
  return client;
}

async function asked(call: Promise<void>, errors: Thrower<'UNKNOWN_DEVICE' | 'DEVICES_AWAY'>): Promise<void> {
  try {
    await call;
  } catch (error) {
    // The device process ended under the call, or knows no driver for the device.
    throw error instanceof ORPCError && error.code === 'UNKNOWN_DEVICE'
      ? errors.UNKNOWN_DEVICE()
      : errors.DEVICES_AWAY();
  }
}

async function* devicesUntil({ deps }: CoreRoom, signal: AbortSignal): AsyncGenerator<DeviceView[], void, undefined> {
  const wake = new Wake();
  const stop = deps.devices.onChange(() => wake.call());
  try {
    while (!signal.aborted) {
      yield [...deps.devices.devices];
      await untilRung(wake, signal);
    }
  } finally {
    stop();
  }
}
