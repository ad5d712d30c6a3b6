import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { test } from 'node:test';
import { driver as printerDriver } from '../../drivers/escpos-printer/index.ts';
import { driver as hidScannerDriver } from '../../drivers/hid-pos-scanner/index.ts';
import { driver as readerDriver } from '../../drivers/sam-reader/index.ts';
import { driver as scannerDriver } from '../../drivers/ssi-scanner/index.ts';
import { driver as padDriver } from '../../drivers/table-pad/index.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { PrintOutcome, ReadEvent } from '../../src/contract/device-api.ts';
import { usbPrinterPorts } from '../../src/devices/ports/usb-device.ts';
import { openUsbPrinter } from '../../src/devices/transports/usb-printer.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { bundled } from '../conformance/bundled.ts';
import { conformsOverUsb } from './conformance.ts';
import type { PluggedDevice } from './devices.ts';
import { hidDevice, printerDevice, serialDevice } from './devices.ts';
import type { UsbIds } from './gadget.ts';
import { freePorts, UsbGadget } from './gadget.ts';
import { codeReports, keyboardReports, vendorReports } from './hid-descriptors.ts';
import { BenchKiosk } from './kiosk.ts';

// Runs inside the virtual machine that scripts/usb-bench.ts starts: the gadget side and the kiosk's side of the same cable.

/** After plugging in again a device has to work within this time. */
const BACK_MS = 5_000;
const BACK_TRIES = 3;
/** For everything else: software emulation is slow, and nothing here is about speed. */
const PATIENCE_MS = 60_000;

const vendorHid = { kind: 'hid', reportBytes: 64, descriptor: vendorReports } as const;
const codeHid = { kind: 'hid', reportBytes: 64, descriptor: codeReports } as const;
const keyboard = { kind: 'hid', reportBytes: 8, descriptor: keyboardReports, keyboard: true } as const;
const framing = { kind: 'unnumbered-64' } as const;

const hidReader = { vendorId: '0400', productId: 'c35a' };
const hidScanner = { vendorId: '1eab', productId: '0110' };
const serialReader = { vendorId: '10c4', productId: '8a1b' };
const printer = { vendorId: '0416', productId: '5011' };
const classPrinter = { vendorId: '0416', productId: '5012' };
/** One of those that usblp knows to answer badly and does not read (its list of quirks). */
const mutePrinter = { vendorId: '03f0', productId: '0004' };
const pad = { vendorId: '1a86', productId: '7523' };
const scanner = { vendorId: '05e0', productId: '1701' };
const typing = { vendorId: '1a86', productId: 'e026' };
const typingReader = { vendorId: '2015', productId: '0008' };
const storing = { vendorId: '9573', productId: '4836' };

const reader = { class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200' } as const;

const serialKiosk: readonly DeviceConfig[] = [
  { id: 'reader', ...reader, link: { kind: 'serial', usb: serialReader, baudRate: 115_200 } },
  {
    id: 'printer',
    class: 'ticket-printer',
    driver: 'escpos-printer',
    profile: '80mm-gs-h',
    link: { kind: 'serial', usb: printer, baudRate: 115_200 },
  },
  {
    id: 'pad',
    class: 'rating-pad',
    driver: 'table-pad',
    profile: 'four-key-ff68',
    link: { kind: 'serial', usb: pad, baudRate: 9_600 },
  },
  {
    id: 'scanner',
    class: 'code-reader',
    driver: 'ssi-scanner',
    profile: 'imager',
    link: { kind: 'serial', usb: scanner, baudRate: 9_600 },
  },
  { id: 'typing', ...reader, link: { kind: 'hid', usb: typing, framing } },
  { id: 'typing-reader', ...reader, link: { kind: 'serial', usb: typingReader, baudRate: 115_200 } },
  { id: 'storing', ...reader, link: { kind: 'serial', usb: storing, baudRate: 115_200 } },
];
/** And its printer is one of the USB printer class. */
const hidKiosk: readonly DeviceConfig[] = [
  { id: 'reader', ...reader, link: { kind: 'hid', usb: hidReader, framing } },
  {
    id: 'scanner',
    class: 'code-reader',
    driver: 'hid-pos-scanner',
    profile: 'newland-fm30',
    link: { kind: 'hid', usb: hidScanner, usagePage: 0x8c, framing: { kind: 'reports' } },
  },
  {
    id: 'printer',
    class: 'ticket-printer',
    driver: 'escpos-printer',
    profile: '80mm-usb',
    link: { kind: 'usb-printer', usb: classPrinter },
  },
];

async function createGadget(
  id: string,
  ids: UsbIds,
  functions: Parameters<typeof UsbGadget.create>[1]['functions'],
): Promise<UsbGadget> {
  return UsbGadget.create(id, { ...ids, serialNumber: `${id}-1`, functions });
}

const gadgets = {
  hidReader: await createGadget('hidreader', hidReader, [vendorHid]),
  hidScanner: await createGadget('hidscanner', hidScanner, [codeHid]),
  reader: await createGadget('reader', serialReader, [{ kind: 'acm' }]),
  classPrinter: await createGadget('classprinter', classPrinter, [{ kind: 'printer' }]),
};
const plugged = {
  hidReader: await hidDevice(gadgets.hidReader, readerDriver, 'serial-115200', framing, 64),
  hidScanner: await hidDevice(gadgets.hidScanner, hidScannerDriver, 'newland-fm30', { kind: 'reports' }, 64),
  reader: await serialDevice(gadgets.reader, readerDriver, 'serial-115200', 115_200),
  printer: await serialDevice(
    await createGadget('printer', printer, [{ kind: 'acm' }]),
    printerDriver,
    '80mm-gs-h',
    115_200,
  ),
  classPrinter: await printerDevice(gadgets.classPrinter, classPrinter, printerDriver, '80mm-usb', 115_200),
  scanner: await serialDevice(
    await createGadget('scanner', scanner, [{ kind: 'acm' }]),
    scannerDriver,
    'imager',
    9_600,
  ),
  pad: await serialDevice(await createGadget('pad', pad, [{ kind: 'acm' }]), padDriver, 'four-key-ff68', 9_600),
};
for (const device of Object.values(plugged)) await device.plug();
// Of HID functions the kernel makes four at most.
const refusedDevices = [
  await createGadget('typing', typing, [keyboard]),
  await createGadget('typingreader', typingReader, [{ kind: 'acm' }, keyboard]),
  await createGadget('storing', storing, [{ kind: 'acm' }, { kind: 'mass_storage' }]),
];
for (const device of refusedDevices) await device.plug();

const serial = await BenchKiosk.start(serialKiosk);
const hid = await BenchKiosk.start(hidKiosk);
async function printerPort({ vendorId, productId }: UsbIds): Promise<string> {
  const ports = await usbPrinterPorts('/sys');
  const found = ports.find((port) => port.vendorId === vendorId && port.productId === productId);
  return found?.path ?? 'nowhere';
}

const isReady = ({ state }: { state: string }): boolean => state === 'ready';

async function readCard(kiosk: BenchKiosk, onEvent?: (event: ReadEvent) => void): Promise<unknown> {
  let last: ReadEvent | undefined;
  for await (const event of await kiosk.client.idReader.read()) {
    last = event;
    onEvent?.(event);
  }
  return last?.kind === 'read' ? last.person.name : last?.kind === 'failed' ? last.reason : undefined;
}

/**
 * Plugs a device that was pulled out in again. It has to come back each time; the time it takes is that of an emulated
 * machine, many times slower than a kiosk and slower still beside other work, so of a few times one has to be in the limit.
 */
async function backInTime(kiosk: BenchKiosk, id: string, device: PluggedDevice): Promise<void> {
  const times: number[] = [];
  do {
    if (times.length > 0) await device.unplug();
    await kiosk.until(id, ({ state }) => state === 'absent', PATIENCE_MS);
    const start = performance.now();
    await device.plug();
    await kiosk.until(id, isReady, PATIENCE_MS);
    times.push(performance.now() - start);
  } while (Math.min(...times) > BACK_MS && times.length < BACK_TRIES);
  assert.ok(Math.min(...times) <= BACK_MS, `${id} was back after ${times.map(Math.round).join(', ')} ms`);
}

async function print(kiosk: BenchKiosk, jobId: string, document: PrintDocument): Promise<PrintOutcome> {
  const printing = kiosk.client.ticketPrinter.print({ jobId, document });
  await kiosk.client.ticketPrinter.start({ jobId });
  return printing;
}

const receipt = [{ kind: 'text' as const, text: '受理回执' }, { kind: 'cut' as const }];
const longReceipt = [
  ...Array.from({ length: 200 }, (_, line) => ({ kind: 'text' as const, text: `第 ${line} 行：材料清单` })),
  { kind: 'cut' as const },
];

await test('devices are found by their USB ids and ready', async () => {
  for (const id of ['reader', 'printer', 'pad', 'scanner']) await serial.until(id, isReady, PATIENCE_MS);
  for (const id of ['reader', 'scanner', 'printer']) await hid.until(id, isReady, PATIENCE_MS);
});

await test('[S-15] a simulated device that is not listed is ignored and told', async () => {
  const told = (await serial.log('devices.unlisted-ignored')).filter(({ vendor }) => vendor === hidReader.vendorId);
  assert.deepEqual(
    told.map(({ link, product }) => ({ link, product })),
    [{ link: 'hid', product: hidReader.productId }],
  );
  // The serial devices, and no HID device at all.
  assert.deepEqual((await serial.openPorts()).toSorted(), [
    '/dev/ttyACM0',
    '/dev/ttyACM1',
    '/dev/ttyACM2',
    '/dev/ttyACM3',
  ]);
});

for (const [id, reason] of [
  ['typing', 'keyboard-refused'],
  ['typing-reader', 'keyboard-refused'],
  ['storing', 'storage-refused'],
] as const) {
  await test(`a listed device is refused: ${id}`, async () => {
    await serial.until(id, (view) => view.state === 'absent' && view.reason === reason, PATIENCE_MS);
    const told = (await serial.log('devices.port-refused')).filter(({ device }) => device === id);
    assert.deepEqual(
      told.map((line) => line['reason']),
      [reason],
    );
  });
}

await test('a card is read over CDC-ACM', async () => {
  plugged.reader.act({ card: 'zhang' });
  assert.equal(await readCard(serial), '张宁');
  plugged.reader.act({ card: null });
});

await test('a card is read over HID reports', async () => {
  plugged.hidReader.act({ card: 'li' });
  assert.equal(await readCard(hid), '李秀兰');
  plugged.hidReader.act({ card: null });
});

const printers = [
  ['CDC-ACM', serial, plugged.printer],
  ['the USB printer class', hid, plugged.classPrinter],
] as const;

for (const [name, kiosk, device] of printers) {
  await test(`a receipt is printed over ${name}, on the printer’s own word`, async () => {
    const outcome = await print(kiosk, 'job-1', receipt);
    assert.deepEqual([outcome.ok, device.events.some(({ event }) => event === 'printed')], [true, true]);
  });
}

await test('a printer that is open is opened by nobody else', async () => {
  const path = await printerPort(classPrinter);
  assert.ok((await hid.openPorts()).includes(path));
  const again = await openUsbPrinter(path);
  assert.equal(again.ok ? 'open' : again.reason, 'port-busy');
});

await test('a printer that cannot be read is written to, and noticed to be gone', async () => {
  const gadget = await createGadget('muteprinter', mutePrinter, [{ kind: 'printer' }]);
  const mute = await printerDevice(gadget, mutePrinter, printerDriver, '80mm-unconfirmed', 115_200);
  await mute.plug();
  const opened = await openUsbPrinter(await printerPort(mutePrinter));
  if (!opened.ok) assert.fail(`${opened.reason} ${opened.detail ?? ''}`);
  const link = opened.value;
  const closed = new Promise<void>((resolve) => link.onClose(resolve));
  const bytes = Buffer.from('\u001b@...');
  const arrived = mute.received(bytes.length);
  await link.write(bytes);
  await arrived;
  await mute.unplug();
  await closed;
});

await test('a press on the rating pad arrives', async () => {
  const presses = await serial.client.ratingPad.watch();
  const first = presses.next();
  await plugged.pad.received(1);
  plugged.pad.act({ press: 3 });
  assert.deepEqual((await first).value, { level: 'very-satisfied' });
  await presses.return(undefined);
});

for (const [name, kiosk, device] of [
  ['CDC-ACM', serial, plugged.scanner],
  ['HID reports', hid, plugged.hidScanner],
] as const) {
  await test(`a code that is shown arrives over ${name}`, async () => {
    const codes = await kiosk.client.codeReader.watch();
    const looking = device.next('looking');
    const first = codes.next();
    await looking;
    // Longer than one report.
    const code = '990101-20261122-0001 '.repeat(5).trim();
    device.act({ show: code });
    const read = await first;
    assert.equal(read.done ? '' : Buffer.from(read.value.bytes, 'base64').toString(), code);
    await codes.return(undefined);
  });
}

for (const id of ['reader', 'printer', 'pad', 'scanner'] as const) {
  await test(`unplugged while idle and plugged in again: ${id} over CDC-ACM`, async () => {
    await plugged[id].unplug();
    await backInTime(serial, id, plugged[id]);
  });
}

for (const [id, device] of [
  ['reader', plugged.hidReader],
  ['scanner', plugged.hidScanner],
  ['printer', plugged.classPrinter],
] as const) {
  await test(`unplugged while idle and plugged in again: ${id} over its own class`, async () => {
    await device.unplug();
    await backInTime(hid, id, device);
  });
}

for (const [name, kiosk, device] of [
  ['CDC-ACM', serial, plugged.reader],
  ['HID', hid, plugged.hidReader],
] as const) {
  await test(`unplugged while a card is read over ${name}, and read again`, async () => {
    let pulled: Promise<void> | undefined;
    device.act({ card: 'zhang' });
    const outcome = await readCard(kiosk, ({ kind }) => {
      if (kind === 'reading') pulled = device.unplug();
    });
    await pulled;
    assert.equal(outcome, 'reader-absent');
    await backInTime(kiosk, 'reader', device);
    device.act({ card: 'zhang' });
    assert.equal(await readCard(kiosk), '张宁');
    device.act({ card: null });
  });
}

for (const [name, kiosk, device] of printers) {
  await test(`unplugged while printing over ${name}, and printed again`, async () => {
    const half = device.received(500);
    const printing = print(kiosk, 'job-2', longReceipt);
    await half;
    await device.unplug();
    assert.equal((await printing).ok, false);
    await backInTime(kiosk, 'printer', device);
    assert.equal((await print(kiosk, 'job-3', receipt)).ok, true);
  });
}

await test('devices that change ports are found where they are', async () => {
  await plugged.reader.unplug();
  await plugged.printer.unplug();
  await serial.until('reader', ({ state }) => state === 'absent', PATIENCE_MS);
  await serial.until('printer', ({ state }) => state === 'absent', PATIENCE_MS);
  const [, another, last] = await freePorts();
  await plugged.printer.plug(last);
  await serial.until('printer', isReady, PATIENCE_MS);
  await plugged.reader.plug(another);
  await serial.until('reader', isReady, PATIENCE_MS);
  plugged.reader.act({ card: 'zhang' });
  assert.equal(await readCard(serial), '张宁');
  plugged.reader.act({ card: null });
});

await test('a system without libusb: HID devices say so, the others work on', async () => {
  const library = '/lib/x86_64-linux-gnu/libusb-1.0.so.0';
  await rename(library, `${library}.away`);
  const poor = await BenchKiosk.start([...hidKiosk.slice(0, 1), ...serialKiosk.filter(({ id }) => id === 'storing')]);
  await poor.until('reader', ({ reason }) => reason === 'libusb-missing', PATIENCE_MS);
  await poor.until('storing', ({ reason }) => reason === 'storage-refused', PATIENCE_MS);
  await rename(`${library}.away`, library);
  await poor.until('reader', isReady, PATIENCE_MS);
  await poor.stop();
});

await test('the device processes came through all of it', () => {
  assert.deepEqual([serial.running, hid.running], [true, true]);
});

await Promise.all([serial.stop(), hid.stop()]);
for (const device of Object.values(plugged)) await device.unplug();

const codesOverHid = { gadget: gadgets.hidScanner, ids: hidScanner, framing: { kind: 'reports' } } as const;
const overHid = { gadget: gadgets.hidReader, ids: hidReader, framing };
const overPrinterClass = { gadget: gadgets.classPrinter, ids: classPrinter, framing: 'printer class' } as const;
const countedOverHid = { ...overHid, framing: { kind: 'length-prefixed-64' } } as const;
for (const described of bundled) {
  const { class: kind, name } = described.driver;
  if (kind === 'document-scanner') continue;
  if (name === hidScannerDriver.name) await conformsOverUsb(described, codesOverHid);
  else await conformsOverUsb(described, { gadget: gadgets.reader, ids: serialReader });
  if (name === readerDriver.name) await conformsOverUsb(described, overHid);
  if (name === padDriver.name) await conformsOverUsb({ ...described, profiles: ['hid-unnumbered-64'] }, overHid);
  if (name === printerDriver.name) {
    await conformsOverUsb({ ...described, profiles: ['80mm-hid-length-prefixed'] }, countedOverHid);
    await conformsOverUsb({ ...described, profiles: ['80mm-usb'] }, overPrinterClass);
  }
}
