import { describe, expect, test } from 'vitest';
import { parseKioskConfig } from './config.ts';

function configWith(link: unknown, more: object = {}): string {
  return JSON.stringify({
    kioskId: 'KIOSK01',
    hall: { code: '990101', name: '示范市政务服务大厅', hours: '9:00–17:00', phone: '0100-5550101' },
    platform: { url: 'http://127.0.0.1:1' },
    catalogue: 'catalogue',
    devices: [{ id: 'device', class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', link }],
    ...more,
  });
}

const usb = { vendorId: '0400', productId: 'C35A' };

describe('devices on one line', () => {
  const port = { kind: 'serial', path: '/dev/ttyS0', baudRate: 9_600 };
  const pad = (id: string, link: object, address?: number) => ({
    id,
    class: 'rating-pad',
    driver: 'table-pad',
    profile: 'five-key-ff68',
    link,
    ...(address === undefined ? {} : { address }),
  });
  const read = (...devices: readonly object[]) => parseKioskConfig(configWith(port, { devices }));
  const dongle = { kind: 'serial', usb, baudRate: 9_600 };
  const collection = { kind: 'hid', usb, framing: { kind: 'unnumbered-64' } };

  test.each([
    [[pad('left', port, 129), pad('right', port, 130)]],
    [[pad('left', dongle, 129), pad('right', dongle, 130)]],
    [[pad('left', dongle), pad('right', { ...dongle, usb: { ...usb, serialNumber: 'A1' } })]],
    [[pad('left', { ...collection, usagePage: 1 }), pad('right', { ...collection, usagePage: 2 })]],
    [[pad('left', { kind: 'simulated' }), pad('right', { kind: 'simulated' })]],
    [[pad('left', { kind: 'tcp', host: 'hall', port: 1 }), pad('right', { kind: 'tcp', host: 'hall', port: 2 })]],
  ])('%j: taken', (devices) => expect(read(...devices)).toMatchObject({ ok: true, value: { devices: [{}, {}] } }));

  test.each([
    [
      [pad('left', port, 129), pad('right', port)],
      /^devices: "left", "right" are on one line: each needs an "address"/,
    ],
    [[pad('left', port, 129), pad('right', port, 129)], /each needs an "address" of its own$/],
    [[pad('left', collection), pad('right', collection)], /each needs an "address" of its own$/],
    [[pad('left', port, 1), pad('right', { ...port, baudRate: 19_200 }, 2)], /each needs the same "link"$/],
    [[pad('left', dongle, 1), pad('right', { ...dongle, usb: { ...usb, productId: 'c35a' } }, 2)], /the same "link"$/],
    [[pad('left', port, 1), pad('left', { kind: 'simulated' }, 2)], /^devices: has an id twice$/],
  ])('%j: refused in words', (devices, detail) =>
    expect(read(...devices)).toMatchObject({ ok: false, detail: expect.stringMatching(detail) }),
  );
});

describe('links of devices', () => {
  test.each([
    { kind: 'serial', path: '/dev/ttyS0', baudRate: 115_200 },
    { kind: 'serial', usb: { ...usb, serialNumber: 'A1' }, baudRate: 9_600, parity: 'odd', flow: 'rts-cts' },
    { kind: 'hid', usb, framing: { kind: 'unnumbered-64' } },
    { kind: 'hid', path: '/dev/hidraw0', usagePage: 0x8c, framing: { kind: 'reports' } },
    { kind: 'hid', usb, framing: { kind: 'numbered', output: 4, input: 2, counted: true } },
    { kind: 'hid', usb, framing: { kind: 'cp2110', baudRate: 9_600 } },
    { kind: 'usb-printer', usb },
    { kind: 'usb-printer', path: '/dev/usb/lp0' },
    { kind: 'tcp', host: 'printer.hall.example', port: 9_100 },
    { kind: 'http', url: 'http://127.0.0.1:38088' },
    { kind: 'http', url: 'http://[::1]:38088/' },
    { kind: 'simulated', actions: [{ card: 'zhang' }] },
  ])('$kind: $framing.kind$url', (link) => {
    expect(parseKioskConfig(configWith(link))).toMatchObject({ ok: true, value: { devices: [{ link }] } });
  });

  test.each([
    [
      { kind: 'seriel', path: '/dev/ttyS0' },
      /^devices\.0\.link\.kind: .*'serial' \| 'hid' \| 'usb-printer' \| 'tcp' \| 'http'/,
    ],
    [{ kind: 'serial', baudRate: 9_600 }, /^devices\.0\.link: needs either "path" or "usb"$/],
    [{ kind: 'serial', path: '/dev/ttyS0', usb, baudRate: 9_600 }, /^devices\.0\.link: needs either "path" or "usb"$/],
    [{ kind: 'serial', usb: { ...usb, vendorId: '0x0400' }, baudRate: 9_600 }, /usb\.vendorId: must be four hexadec/],
    [{ kind: 'serial', usb: { ...usb, productid: 'C35A' }, baudRate: 9_600 }, /usb: .*"productid"/],
    [{ kind: 'serial', path: '/dev/ttyS0', baudrate: 9_600 }, /link: .*"baudrate"/],
    [{ kind: 'hid', usb, framing: { kind: 'numberd' } }, /link\.framing\.kind: .*'unnumbered-64'.*'numbered'/],
    [{ kind: 'hid', usb, framing: { kind: 'numbered', output: 4 } }, /link\.framing\.input: /],
    [{ kind: 'hid', usb, framing: { kind: 'numbered', output: 0, input: 2 } }, /link\.framing\.output: /],
    [{ kind: 'usb-printer' }, /^devices\.0\.link: needs either "path" or "usb"$/],
    [{ kind: 'usb-printer', path: '/dev/usb/lp0', usb }, /needs either "path" or "usb"$/],
    [{ kind: 'tcp', host: 'printer', port: 91_000 }, /link\.port: /],
    [{ kind: 'http', url: 'ftp://printer' }, /link\.url: must be an address such as/],
    [{ kind: 'http', url: 'scanner' }, /link\.url: must be an address such as/],
    [{ kind: 'http', url: 'http://scanner/eSCL' }, /link\.url: must be a host and port without path/],
    [{ kind: 'http', url: 'http://user:pass@scanner' }, /link\.url: must be a host and port without path/],
  ])('%j is refused in words', (link, words) => {
    const parsed = parseKioskConfig(configWith(link));
    expect(parsed).toMatchObject({ ok: false, reason: 'config-invalid' });
    expect(parsed.ok ? '' : parsed.detail).toMatch(words);
  });
});

describe('the daily self-test', () => {
  const withTest = (selfTest: unknown): string =>
    JSON.stringify({ ...JSON.parse(configWith({ kind: 'simulated' })), selfTest });

  test('has a time of the hall', () => {
    expect(parseKioskConfig(withTest({ at: '08:30', printPage: true }))).toMatchObject({ ok: true });
    for (const at of ['8:30', '24:00', '08:60', '08:30:00', 830]) {
      const parsed = parseKioskConfig(withTest({ at }));
      expect(parsed.ok ? '' : parsed.detail).toMatch(/^selfTest\.at: /);
    }
  });
});

describe('what the hall has beside its devices', () => {
  const link = { kind: 'simulated' };

  test.each([
    { camera: { usb: '05a3:9422' } },
    { camera: { label: 'Document', usb: '05A3:9422' } },
    { personGoneSeconds: 20 },
  ])('%j', (more) => {
    expect(parseKioskConfig(configWith(link, more))).toMatchObject({ ok: true, value: more });
  });

  test.each([
    [{ camera: {} }, /^camera: needs "usb", "label" or both$/],
    [{ camera: { usb: '05a3-9422' } }, /^camera\.usb: must be vendor and product/],
    [{ camera: { deviceId: 'x' } }, /^camera: .*"deviceId"/],
    [{ personGoneSeconds: 19 }, /^personGoneSeconds: /],
  ])('%j is refused in words', (more, words) => {
    const parsed = parseKioskConfig(configWith(link, more));
    expect(parsed.ok ? '' : parsed.detail).toMatch(words);
  });
});

describe('platform and case library', () => {
  const tls = { certificate: 'kiosk.pem', key: 'kiosk.key', authority: 'authority.pem' };
  const withPlatform = (platform: unknown) =>
    parseKioskConfig(JSON.stringify({ ...JSON.parse(configWith({ kind: 'simulated' })), platform }));
  const withLibrary = (caseLibrary: unknown) => parseKioskConfig(configWith({ kind: 'simulated' }, { caseLibrary }));

  test.each([
    [{ url: 'http://localhost:8080' }],
    [{ url: 'http://[::1]:8080' }],
    [{ url: 'https://platform.example', tls }],
  ])('%j', (platform) => {
    expect(withPlatform(platform)).toMatchObject({ ok: true, value: { platform } });
    expect(withLibrary(platform)).toMatchObject({ ok: true, value: { caseLibrary: platform } });
  });

  test('a case library speaks our interface: an entry for another one is refused there', () => {
    const national = { url: 'http://127.0.0.1:1', appMark: 'K', appWord: 'w', key: 'k', dataSource: '537' };
    const entry = { url: 'http://127.0.0.1:2', national };
    expect(withPlatform(entry)).toMatchObject({ ok: true, value: { platform: entry } });
    expect(withLibrary(entry)).toMatchObject({ ok: false, detail: expect.stringContaining('national') });
  });

  test.each([
    [{ url: 'http://platform.example' }, /^platform\.url: must begin with "https:" unless/],
    [{ url: 'HTTP://192.0.2.1' }, /^platform\.url: must begin with "https:" unless/],
    [{ url: 'https://platform.example' }, /^platform: needs "tls" with an https address/],
    [{ url: 'http://127.0.0.1:1', tls }, /^platform: needs "tls" with an https address, and only there/],
    [{ url: 'https://platform.example', tls: { ...tls, key: '' } }, /^platform\.tls\.key: /],
  ])('%j is refused', (platform, complaint) => {
    const parsed = withPlatform(platform);
    expect(parsed).toMatchObject({ ok: false, reason: 'config-invalid' });
    expect(parsed.ok ? '' : parsed.detail).toMatch(complaint);
    expect(withLibrary(platform)).toMatchObject({ ok: false, detail: expect.stringMatching(/^caseLibrary/) });
  });
});
