import type { HidFramingConfig } from '../../contract/config.ts';

/**
 * How a stream of bytes travels in HID reports. A report here is what is on the USB wire: it starts with its report id
 * only where reports are numbered (USB Device Class Definition for HID 1.11, 8.1).
 */
export interface HidFraming {
  readonly numbered: boolean;
  readonly toDevice: Direction;
  readonly toHost: Direction;
  /**
   * Feature reports, with their ids, that set the UART behind a bridge chip to a speed: 8 data bits, no parity, 1 stop bit.
   * None for a speed that the chip cannot be told: it stays as it is.
   */
  readonly lineSetup?: (baudRate: number) => readonly Uint8Array[];
}

interface Direction {
  /** Cuts bytes into whole reports, each of the exact length that the device declares. */
  readonly pack: (bytes: Uint8Array) => Uint8Array[];
  /** The bytes that a report carries; none when it is no report of data. Padding that cannot be told apart from data stays. */
  readonly unpack: (report: Uint8Array) => Uint8Array;
}

/** Length of the reports of full-speed devices: one packet of an interrupt endpoint (USB 2.0, 5.7.3). */
const REPORT_BYTES = 64;
const NOTHING = new Uint8Array();

const unnumbered = layout({ head: () => [], room: REPORT_BYTES, count: () => REPORT_BYTES });
const lengthPrefixed = layout({ head: (count) => [count], room: REPORT_BYTES - 1, count: (report) => report[0] });

export function hidFramingOf(config: HidFramingConfig): HidFraming {
  switch (config.kind) {
    case 'unnumbered-64':
      return symmetric(false, unnumbered);
    case 'length-prefixed-64':
      return symmetric(false, lengthPrefixed);
    case 'numbered':
      return {
        numbered: true,
        toDevice: numbered(config.output, config.counted === true),
        toHost: numbered(config.input, config.counted === true),
      };
    case 'ch9325':
      return ch9325;
    case 'cp2110':
      return cp2110;
    case 'reports':
      return reports;
  }
}

/** Report id, then data padded with zeros; with `counted` a length between them, as Newland's FM30 has it. */
function numbered(id: number, counted: boolean): Direction {
  const headBytes = counted ? 2 : 1;
  const room = REPORT_BYTES - headBytes;
  return layout({
    head: (count) => (counted ? [id, count] : [id]),
    room,
    count: (report) => (report[0] !== id ? undefined : counted ? report[1] : room),
  });
}

/**
 * WCH CH9325 (also sold as Hoitek HE2325U): reports of 8 bytes with up to 7 of data. The first byte is their number, from
 * the device with the upper four bits set. Source: libsigrok, src/serial_hid_ch9325.c.
 */
const ch9325: HidFraming = {
  numbered: false,
  toDevice: layout({ head: (count) => [count], room: 7, count: (report) => report[0] }),
  toHost: layout({
    head: (count) => [0xf0 | count],
    room: 7,
    count: ([first = 0]) => (first >> 4 === 0xf ? first & 0xf : undefined),
  }),
  // Report 0: speed (little-endian), two bytes unused, data bits - 5.
  lineSetup: (baudRate) =>
    baudRate > 0xff_ff ? [] : [Uint8Array.of(0, baudRate & 0xff, (baudRate >> 8) & 0xff, 0, 0, 3)],
};

/**
 * Silicon Labs CP2110: the report id is the number of data bytes, 1 to 63. Features 0x50 (speed big-endian, parity, flow
 * control, data bits - 5, stop bits), 0x41 (UART on) and 0x43 (forget both buffers).
 * Source: libsigrok, src/serial_hid_cp2110.c (Silicon Labs AN434).
 */
const cp2110: HidFraming = {
  ...symmetric(
    true,
    layout({ head: (count) => [count], room: 63, count: ([id]) => (id === undefined || id > 63 ? undefined : id) }),
  ),
  lineSetup: (baudRate) => {
    const settings = new DataView(new ArrayBuffer(9));
    settings.setUint8(0, 0x50);
    settings.setUint32(1, baudRate);
    settings.setUint8(7, 3);
    return [Uint8Array.of(0x41, 1), new Uint8Array(settings.buffer), Uint8Array.of(0x43, 3)];
  },
};

/**
 * Reports kept apart and as they are, such as those of bar code scanners (USB-IF HID Point of Sale Usage Tables 1.02): a
 * driver sees and writes each with its report id.
 */
const reports: HidFraming = symmetric(true, { pack: (bytes) => [bytes], unpack: (report) => report });

interface Layout {
  /** The bytes before the data. */
  readonly head: (count: number) => readonly number[];
  /** Most data bytes of a report. */
  readonly room: number;
  /** How many bytes of data a report says to carry; nothing when it is no report of this kind. */
  readonly count: (report: Uint8Array) => number | undefined;
}

function layout({ head, room, count }: Layout): Direction {
  const headBytes = head(0).length;
  return {
    pack(bytes) {
      const packed: Uint8Array[] = [];
      for (let start = 0; start < bytes.length; start += room) {
        const part = bytes.subarray(start, start + room);
        const report = new Uint8Array(headBytes + room);
        report.set(head(part.length));
        report.set(part, headBytes);
        packed.push(report);
      }
      return packed;
    },
    unpack(report) {
      const carried = count(report);
      // More than a report can hold is no data, whatever it is.
      if (carried === undefined || carried > room) return NOTHING;
      return report.subarray(headBytes, headBytes + carried);
    },
  };
}

function symmetric(isNumbered: boolean, direction: Direction): HidFraming {
  return { numbered: isNumbered, toDevice: direction, toHost: direction };
}
