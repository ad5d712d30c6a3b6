import type { DeviceClass } from '../../contract/device-classes.ts';
import type { SelfTestOptions, SelfTestStep, SelfTestStepResult } from '../../contract/self-test.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import { ratingLevels } from '../../domain/rating-levels.ts';
import type { RatingLevel } from '../../domain/rating.ts';
import type { Result } from '../../domain/result.ts';
import type { DeviceByClass, DocumentScanner, IdReader, PadSignal } from '../driver.ts';
import type { Cut, TestLease } from '../lease.ts';
import { ASK_LIMIT_MS, PERSON_LIMIT_MS, PRINT_LIMIT_MS } from '../limits.ts';

export type Outcome = Pick<SelfTestStepResult, 'outcome' | 'reason' | 'pressed'>;

/** One thing to try at a device that answers. */
export interface TestStep {
  readonly step: SelfTestStep;
  readonly subject?: string;
  readonly attended: boolean;
  /** A person who leaves it out does not make the test incomplete. */
  readonly optional: boolean;
  readonly try: () => Promise<Outcome>;
}

const passed: Outcome = { outcome: 'passed' };
const failed = (reason: string): Outcome => ({ outcome: 'failed', reason });
const skipped = (reason: string): Outcome => ({ outcome: 'skipped', reason });
const cutShort = (cut: Cut): Outcome => (cut === 'left' ? skipped('timed-out') : failed(cut));

type Plans = {
  readonly [C in DeviceClass]: (lease: TestLease<C>, options: SelfTestOptions) => Promise<readonly TestStep[]>;
};

const plans: Plans = {
  'id-reader': async (lease) => [
    await askSerialNumber(lease),
    { step: 'card', attended: true, optional: true, try: () => readCard(lease) },
  ],
  'ticket-printer': async (lease, { testPage }) =>
    testPage ? [{ step: 'test-page', attended: false, optional: false, try: () => printPage(lease, testPage) }] : [],
  'rating-pad': async (lease) => [
    ...keySteps(lease, await ofDevice(lease, (pad) => pad.levels)),
    ...(await ofDevice(lease, (pad) => pad.signals)).map((signal): TestStep => ({
      step: 'signal',
      subject: signal,
      attended: true,
      optional: false,
      try: () => giveSignal(lease, signal),
    })),
  ],
  'document-scanner': async (lease) => [
    { step: 'capabilities', attended: false, optional: false, try: () => askCapabilities(lease) },
    { step: 'page', attended: true, optional: true, try: () => scanPage(lease) },
  ],
  'code-reader': async (lease) => [{ step: 'code', attended: true, optional: false, try: () => readCode(lease) }],
  'cue-lamps': async (lease) =>
    (await ofDevice(lease, (lamps) => lamps.slots)).map((slot) => ({
      step: 'lamp',
      subject: slot,
      attended: false,
      optional: false,
      try: () => lightLamp(lease, slot),
    })),
};

/** What is tried at a device of a class, once its line is open and it has answered. */
export function stepsFor<C extends DeviceClass>(
  kind: C,
  lease: TestLease<C>,
  options: SelfTestOptions,
): Promise<readonly TestStep[]> {
  return plans[kind](lease, options);
}

/** What the driver knows without asking the device. */
async function ofDevice<C extends DeviceClass, T>(
  lease: TestLease<C>,
  read: (device: DeviceByClass[C]) => readonly T[],
): Promise<readonly T[]> {
  const known = await lease.ask((device) => Promise.resolve(read(device)), ASK_LIMIT_MS);
  return known.ok ? known.value : [];
}

/** Not every reader tells it, and none is worse for that. */
async function askSerialNumber(lease: TestLease<'id-reader'>): Promise<TestStep> {
  const asked = await lease.ask((device, leave) => device.serialNumber(leave), ASK_LIMIT_MS);
  const subject = asked.ok ? asked.value : undefined;
  const outcome = !asked.ok ? cutShort(asked.reason) : subject === undefined ? skipped('not-told') : passed;
  return {
    step: 'serial-number',
    ...(subject === undefined ? {} : { subject }),
    attended: false,
    optional: true,
    try: () => Promise.resolve(outcome),
  };
}

async function readCard(lease: TestLease<'id-reader'>): Promise<Outcome> {
  // What the card says is not even looked at.
  const read = await lease.ask((device, leave) => lastEvent(device, leave), PERSON_LIMIT_MS);
  if (!read.ok) return cutShort(read.reason);
  if (read.value?.kind === 'read') return passed;
  if (read.value?.kind !== 'failed' || read.value.reason === 'timed-out') return skipped('timed-out');
  return failed(read.value.reason);
}

async function lastEvent(device: IdReader, leave: AbortSignal) {
  for await (const event of device.read(leave)) if (event.kind === 'read' || event.kind === 'failed') return event;
  return undefined;
}

async function printPage(lease: TestLease<'ticket-printer'>, page: PrintDocument): Promise<Outcome> {
  const asked = await lease.ask((device, leave) => device.print(page, leave, Promise.resolve(true)), PRINT_LIMIT_MS);
  if (!asked.ok) return cutShort(asked.reason);
  return asked.value.ok ? passed : failed(asked.value.reason);
}

/** Each key of the pad once, in the order of the scale, and what the pad cannot give. */
function keySteps(lease: TestLease<'rating-pad'>, levels: readonly RatingLevel[]): TestStep[] {
  return ratingLevels.map((level) => {
    const hasKey = levels.includes(level);
    return {
      step: 'key',
      subject: level,
      attended: hasKey,
      optional: !hasKey,
      try: async () => (hasKey ? pressKey(lease, level) : skipped('no-key')),
    };
  });
}

/** Any other key is named, so that whoever tests can see which ones are mixed up. */
async function pressKey(lease: TestLease<'rating-pad'>, level: RatingLevel): Promise<Outcome> {
  const press = await firstOf(lease.ask((device, leave) => first(device.watch(leave)), PERSON_LIMIT_MS));
  if ('outcome' in press) return press;
  const pressed = press.value;
  if (pressed.level === level) return { ...passed, pressed };
  return { ...failed(pressed.level === undefined ? 'unknown-key' : 'wrong-key'), pressed };
}

/** Something to see: no pad shows it while it is at rest. */
const SHOWN: Readonly<Record<PadSignal, number>> = { stars: 3, number: 123, beep: 0 };

async function giveSignal(lease: TestLease<'rating-pad'>, signal: PadSignal): Promise<Outcome> {
  const given = await lease.ask((device) => device.signal(signal, SHOWN[signal]), ASK_LIMIT_MS);
  if (!given.ok) return cutShort(given.reason);
  return given.value.ok ? passed : failed(given.value.reason);
}

async function readCode(lease: TestLease<'code-reader'>): Promise<Outcome> {
  const read = await firstOf(lease.ask((device, leave) => first(device.watch(leave)), PERSON_LIMIT_MS));
  if ('outcome' in read) return read;
  return read.value.bytes.length > 0 ? passed : failed('empty-code');
}

async function first<T>(values: AsyncIterable<T>): Promise<{ readonly value: T } | undefined> {
  for await (const value of values) return { value };
  return undefined;
}

async function firstOf<T>(
  asked: Promise<Result<{ readonly value: T } | undefined, Cut>>,
): Promise<Outcome | { readonly value: T }> {
  const answer = await asked;
  if (!answer.ok) return cutShort(answer.reason);
  return answer.value ?? skipped('timed-out');
}

async function askCapabilities(lease: TestLease<'document-scanner'>): Promise<Outcome> {
  const asked = await lease.ask((device, leave) => device.capabilities(leave), ASK_LIMIT_MS);
  if (!asked.ok) return cutShort(asked.reason);
  return asked.value.ok ? passed : failed(asked.value.reason);
}

async function scanPage(lease: TestLease<'document-scanner'>): Promise<Outcome> {
  const asked = await lease.ask((device, leave) => scanOne(device, leave), PERSON_LIMIT_MS);
  return asked.ok ? asked.value : cutShort(asked.reason);
}

async function scanOne(device: DocumentScanner, leave: AbortSignal): Promise<Outcome> {
  const able = await device.capabilities(leave);
  if (!able.ok) return failed(able.reason);
  const { sources, colours, resolutions } = able.value;
  const [source, colour] = [sources[0], colours[0]];
  if (!source || !colour) return failed('unsupported');
  const request = { source, colour, resolution: Math.min(...resolutions), duplex: false };
  for await (const event of device.scan(request, leave)) {
    if (event.kind === 'page') return event.image.bytes.length > 0 ? passed : failed('empty-page');
    if (event.kind === 'failed') return event.reason === 'feeder-empty' ? skipped(event.reason) : failed(event.reason);
  }
  return skipped('timed-out');
}

async function lightLamp(lease: TestLease<'cue-lamps'>, slot: string): Promise<Outcome> {
  const asked = await lease.ask(async (device) => {
    const on = await device.light(slot, 'on');
    const off = await device.light(slot, 'off');
    return on.ok ? off : on;
  }, ASK_LIMIT_MS);
  if (!asked.ok) return cutShort(asked.reason);
  return asked.value.ok ? passed : failed(asked.value.reason);
}
