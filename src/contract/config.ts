import { z } from 'zod';
import { queuePrefix } from '../domain/queue-number.ts';
import { admissionRules } from '../domain/queue/rules.ts';
import { deviceClass } from './device-classes.ts';
import { staffAccount } from './staff-account.ts';

const line = z.string().trim().min(1);

const usbId = z.string().regex(/^[0-9a-f]{4}$/i, 'must be four hexadecimal digits, such as "0400"');

/** A USB device wherever it is plugged in. */
const usbDevice = z.strictObject({
  vendorId: usbId,
  productId: usbId,
  /** Needed where two devices of one model are plugged in. */
  serialNumber: line.optional(),
});

const reportId = z.int().min(1).max(255);
const baudRate = z.int().positive();

/** How a byte stream is cut into HID reports; the layouts are those of `hid-framing.ts` in the device room. */
const hidFraming = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unnumbered-64') }),
  z.strictObject({ kind: z.literal('length-prefixed-64') }),
  z.strictObject({
    kind: z.literal('numbered'),
    /** Report ids to and from the device. */
    output: reportId,
    input: reportId,
    /** Whether the byte after the report id tells how many bytes follow. */
    counted: z.boolean().optional(),
  }),
  // The chip is told its speed in two bytes.
  z.strictObject({ kind: z.literal('ch9325'), baudRate: baudRate.max(65_535) }),
  z.strictObject({ kind: z.literal('cp2110'), baudRate }),
  z.strictObject({ kind: z.literal('reports') }),
]);
export type HidFramingConfig = z.infer<typeof hidFraming>;

/** Exactly one of the two ways to say where a device is. */
const where = { path: line.optional(), usb: usbDevice.optional() };
const isOneWhere = (link: { path?: unknown; usb?: unknown }): boolean =>
  (link.path === undefined) !== (link.usb === undefined);
const ONE_WHERE = 'needs either "path" or "usb"';

const serialLink = z
  .strictObject({
    kind: z.literal('serial'),
    ...where,
    baudRate,
    /** `none` unless said. Some passport readers need `odd`. */
    parity: z.enum(['none', 'odd', 'even']).optional(),
    /** `none` unless said. Printers have a switch for it. */
    flow: z.enum(['none', 'rts-cts', 'xon-xoff']).optional(),
  })
  .refine(isOneWhere, ONE_WHERE);

const hidLink = z
  .strictObject({
    kind: z.literal('hid'),
    ...where,
    /** Which of a device's collections, where it has several: `140` is that of bar code scanners. */
    usagePage: z.int().min(1).max(0xff_ff).optional(),
    framing: hidFraming,
  })
  .refine(isOneWhere, ONE_WHERE);

/** A printer of the USB printer class (07h), on Linux. */
const usbPrinterLink = z.strictObject({ kind: z.literal('usb-printer'), ...where }).refine(isOneWhere, ONE_WHERE);

/** How to reach a device: by a line, over the network, or a simulator inside the device process (demo and tests without terminals). */
const deviceLink = z.discriminatedUnion('kind', [
  serialLink,
  hidLink,
  usbPrinterLink,
  /** Bytes as they are, as printers take them at port 9100. */
  z.strictObject({ kind: z.literal('tcp'), host: line, port: z.int().min(1).max(65_535) }),
  z.strictObject({
    kind: z.literal('http'),
    url: z
      .url({ protocol: /^http$/, error: 'must be an address such as "http://192.0.2.7:8080"' })
      .refine((url) => URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`, {
        error: 'must be a host and port without path, user or query: the driver knows the paths',
      }),
  }),
  z.strictObject({
    kind: z.literal('simulated'),
    /** Done at the simulator when it starts, such as `{ "presentAfterPolls": 8 }`; the driver's README lists them. */
    actions: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
]);

export const deviceConfig = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  class: deviceClass,
  /** Name of a folder under drivers/. */
  driver: z.string().regex(/^[a-z0-9-]+$/),
  /** A profile of that driver's manifest. */
  profile: line,
  /** Which of several devices on one line it is (RS-485), for drivers of such; as the profile has it unless said. */
  address: z.int().min(0).max(255).optional(),
  link: deviceLink,
  /** Slot of the cue lamps that lights while the person has to use this device; which slots there are, the lamps' driver says. */
  lamp: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
});
export type DeviceConfig = z.infer<typeof deviceConfig>;

const hasNoneTwice = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** The same for links over one line, in the words of the configuration; nothing for links that no two devices have in common. */
function lineOf({ link }: DeviceConfig): string | undefined {
  if (link.kind === 'tcp') return `${link.host}:${link.port}`;
  if (link.kind !== 'serial' && link.kind !== 'hid' && link.kind !== 'usb-printer') return undefined;
  const { vendorId, productId, serialNumber } = link.usb ?? {};
  const usagePage = link.kind === 'hid' ? link.usagePage : undefined;
  return JSON.stringify([link.path, `${vendorId}:${productId}`.toLowerCase(), serialNumber, usagePage]);
}

/** Several devices can be on one line (RS-485) where frames carry an address; it is opened once, so in one way. */
function mistakesOf(devices: readonly DeviceConfig[]): string[] {
  const mistakes = hasNoneTwice(devices.map(({ id }) => id)) ? [] : ['has an id twice'];
  for (const [shared, those] of Map.groupBy(devices, lineOf)) {
    if (shared === undefined || those.length === 1) continue;
    const names = those.map(({ id }) => `"${id}"`).join(', ');
    const addresses = those.map(({ address }) => address);
    if (addresses.includes(undefined) || !hasNoneTwice(addresses))
      mistakes.push(`${names} are on one line: each needs an "address" of its own`);
    if (new Set(those.map(({ link }) => JSON.stringify(link))).size > 1)
      mistakes.push(`${names} are on one line: each needs the same "link"`);
  }
  return mistakes;
}

/** Which of several cameras is the one above the table; the rule is `camera-choice.ts` of the domain. */
const camera = z
  .strictObject({
    usb: z
      .string()
      .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/i, 'must be vendor and product, such as "05a3:9422"')
      .optional(),
    label: line.optional(),
  })
  .refine(({ usb, label }) => usb !== undefined || label !== undefined, 'needs "usb", "label" or both');

const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];
const isPlain = (url: string): boolean => url.toLowerCase().startsWith('http:');

const platformUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !isPlain(url) || !URL.canParse(url) || LOOPBACK.includes(new URL(url).hostname), {
    error: 'must begin with "https:" unless the platform is on this machine',
  });

const targetFields = {
  url: platformUrl,
  /** PEM files, relative to this one. */
  tls: z
    .strictObject({
      /** This kiosk's certificate and its key. */
      certificate: line,
      key: line,
      /** Who signed the platform's certificate. */
      authority: line,
    })
    .optional(),
};
const hasItsTls = ({ url, tls }: { readonly url: string; readonly tls?: unknown }): boolean =>
  isPlain(url) === (tls === undefined);
const ITS_TLS = 'needs "tls" with an https address, and only there';

/** Where records go. Plain HTTP is for demonstrations, with a platform on the kiosk itself. */
const target = z.strictObject(targetFields).refine(hasItsTls, ITS_TLS);

const platform = z
  .strictObject({
    ...targetFields,
    /**
     * Cases, pages, ratings and progress go by interfaces of the national style instead, signed with SM2; files are relative
     * to this one.
     */
    national: z
      .strictObject({
        url: platformUrl,
        /** Who we are there; public. */
        appMark: line,
        /** File of the word that belongs to it; secret. */
        appWord: line,
        /** File of the private key of SM2: 64 hexadecimal digits in lower case. */
        key: line,
        /** Three digits that the province gave to this kind of source. */
        dataSource: z.string().regex(/^\d{3}$/, 'must be three digits'),
      })
      .optional(),
  })
  .refine(hasItsTls, ITS_TLS);

/** A queue of the hall for which this kiosk gives numbers. */
const queue = z.strictObject({
  /** What its numbers begin with. */
  prefix: queuePrefix,
  name: line,
  /** Where its people are served, as the ticket says it. */
  windows: line,
  /** Codes of the items that are served there; a queue without this takes all others. */
  items: z.array(line).min(1).optional(),
  /** Who gets a number of it at this kiosk; without it everybody. */
  admission: admissionRules.optional(),
});
export type QueueConfig = z.infer<typeof queue>;

/** The kiosk's own configuration file (JSON). Unknown keys are refused, so that a typo is found at start and not in service. */
export const kioskConfig = z.strictObject({
  kioskId: z.string().regex(/^[A-Z0-9]{4,12}$/),
  hall: z.strictObject({ code: z.string().regex(/^\d{6,12}$/), name: line, hours: line, phone: line }),
  /** The central platform. */
  platform,
  /**
   * The case library (办件库) that gets cases, pages and ratings as well, where it is not filled by the platform. It speaks our
   * contract, whatever the platform speaks; numbers and news come from the platform alone.
   */
  caseLibrary: target.optional(),
  /** Folder of the catalogue files, relative to this file. */
  catalogue: line,
  devices: z.array(deviceConfig).check(({ value, issues }) => {
    for (const message of mistakesOf(value)) issues.push({ code: 'custom', message, input: value });
  }),
  /** Who may sign in at the kiosk; without it nobody. */
  staff: z
    .array(staffAccount)
    .refine((accounts) => new Set(accounts.map(({ number }) => number)).size === accounts.length, {
      error: 'has a number twice',
    })
    .optional(),
  /** The daily self-test; without it there is one only when somebody asks for it. */
  selfTest: z
    .strictObject({
      /** Time of the hall, before its doors open, such as `08:30`. A kiosk that is started later makes up for it. */
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as "08:30"'),
      /** A page comes out each morning. Without it the printer is only asked how it is. */
      printPage: z.boolean().optional(),
    })
    .optional(),
  /** Without it the kiosk gives no queue tickets. */
  queues: z
    .array(queue)
    .refine((queues) => hasNoneTwice(queues.map(({ prefix }) => prefix)), { error: 'has a prefix twice' })
    .refine((queues) => hasNoneTwice(queues.flatMap(({ items }) => items ?? [])), { error: 'has an item twice' })
    .refine((queues) => queues.filter(({ items }) => items === undefined).length <= 1, {
      error: 'has two queues for the items of no other',
    })
    .optional(),
  /** What may wait to be sent before no application is begun any more; staff are told at four fifths of it. */
  backlog: z
    .strictObject({
      cases: z.int().positive().optional(),
      /** How long the oldest case may wait. */
      days: z.int().positive().optional(),
    })
    .optional(),
  /**
   * Which algorithms seal personal data at rest: `international` is AES-256-GCM, `national` is SM4-GCM (GB/T 32907) with keys
   * derived by SM3 (GB/T 32905). `international` unless said. What was sealed by the other one before stays readable; a rotation
   * of the device key seals all of it by the one said here.
   */
  cryptography: z.enum(['international', 'national']).optional(),
  /** This kiosk has none, so that nobody misses it. */
  speaker: z.literal('none').optional(),
  /** Needed where more than one camera is plugged in. */
  camera: camera.optional(),
  /**
   * Seconds in which somebody can say that they are still there after the presence sensor saw them go; then the visit ends.
   * At least 20 (WCAG 2.2, 2.2.1).
   */
  personGoneSeconds: z.int().min(20).max(300).optional(),
  /** Which time of a case starts the legal time limit; `received` unless said. */
  legalClock: z.enum(['handed-in', 'received']).optional(),
  /**
   * Whose signature this kiosk believes on configuration from the platform: an Ed25519 public key as SubjectPublicKeyInfo
   * (RFC 8410), DER in base64, which is the middle line of its PEM file. Without it all such configuration is rejected.
   */
  configurationKey: z
    .string()
    .regex(
      /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/,
      'must be an Ed25519 public key, as "npm run config -- key" prints it',
    )
    .optional(),
});
export type KioskConfig = z.infer<typeof kioskConfig>;

/**
 * Reads a configuration text. The refusal's detail names the first wrong place by its path, for the maintainer.
 */
export function parseKioskConfig(
  text: string,
): { ok: true; value: KioskConfig } | { ok: false; reason: 'config-invalid'; detail: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: 'config-invalid', detail: error instanceof Error ? error.message : 'not JSON' };
  }
  const parsed = kioskConfig.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  const detail = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`).join('; ');
  return { ok: false, reason: 'config-invalid', detail };
}
