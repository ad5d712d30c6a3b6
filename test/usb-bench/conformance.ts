import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenariosOf } from '../../src/devices/conformance/scenarios.ts';
import type { Described } from '../conformance/conformance-of.ts';
import type { Presented } from './over-usb.ts';
import { overUsb } from './over-usb.ts';

/**
 * What depends on the link: what is said on it in both directions, and how it ends. Cut, spoilt and foreign bytes come about in
 * front of the link, so these scenarios are played in process and over terminals only.
 */
const ofTheLink = [
  'is ready when its device answers',
  'does what its class is for, again and again',
  'ends at once when its caller leaves, wherever it is',
  'leaves nothing behind',
];
const pulled = 'ends at once when it is unplugged, wherever it is';
/** Each kind of link, in each direction: to plug in again takes the emulated machine seconds, and what it does is the kernel's. */
const pulledDrivers = ['sam-reader', 'escpos-printer', 'hid-pos-scanner'];

/** Holds a driver with its first profile, or the first one named, to the contract of its class, on a real USB device. */
export async function conformsOverUsb(
  { driver, conformance, profiles = driver.profiles }: Described,
  presented: Presented,
): Promise<void> {
  const place = overUsb(presented);
  const [profile = ''] = profiles;
  const wanted = pulledDrivers.includes(driver.name) ? [...ofTheLink, pulled] : ofTheLink;
  const subject = { driver, profile, description: conformance(profile), others: [] };
  for (const scenario of scenariosOf(subject, place).filter(({ name }) => wanted.includes(name))) {
    await test(`${driver.name} ${profile} ${place.name} ${scenario.name}`, async () => {
      assert.deepEqual(await scenario.run(place), { ok: true, value: undefined });
    });
  }
}
