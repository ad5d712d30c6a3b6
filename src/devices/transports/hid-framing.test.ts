import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HidFramingConfig } from '../../contract/config.ts';
import { hidFramingOf } from './hid-framing.ts';

/** Framings that give back exactly what went in. */
const exact: readonly HidFramingConfig[] = [
  { kind: 'length-prefixed-64' },
  { kind: 'numbered', output: 4, input: 2, counted: true },
  { kind: 'ch9325', baudRate: 9_600 },
  { kind: 'cp2110', baudRate: 9_600 },
];
/** Framings whose padding cannot be told apart from data. */
const padded: readonly HidFramingConfig[] = [{ kind: 'unnumbered-64' }, { kind: 'numbered', output: 4, input: 2 }];

const directions = ['toDevice', 'toHost'] as const;
const stream = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
const report = fc.uint8Array({ maxLength: 80 });

const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

describe.each(directions)('%s', (direction) => {
  test.each(exact)('$kind gives back any bytes in any chunking', (config) => {
    const { pack, unpack } = hidFramingOf(config)[direction];
    fc.assert(
      fc.property(stream, (chunks) => {
        const received = chunks.flatMap(pack).map(unpack);
        expect(join(received)).toEqual(join(chunks));
      }),
    );
  });

  test.each(padded)('$kind gives back every chunk, followed by zeros to the end of its last report', (config) => {
    const { pack, unpack } = hidFramingOf(config)[direction];
    fc.assert(
      fc.property(stream, (chunks) => {
        for (const chunk of chunks) {
          const received = join(pack(chunk).map(unpack));
          expect(received.subarray(0, chunk.length)).toEqual(chunk);
          expect(received.subarray(chunk.length).every((byte) => byte === 0)).toBe(true);
        }
      }),
    );
  });

  test.each([...exact, ...padded])('$kind makes reports of one length', (config) => {
    const { pack } = hidFramingOf(config)[direction];
    const bytes = config.kind === 'ch9325' ? 8 : 64;
    fc.assert(
      fc.property(stream, (chunks) => {
        for (const packed of chunks.flatMap(pack)) expect(packed).toHaveLength(bytes);
      }),
    );
  });

  test.each([...exact, ...padded])('$kind takes any report without harm', (config) => {
    const { unpack } = hidFramingOf(config)[direction];
    fc.assert(
      fc.property(report, (any) => {
        expect(unpack(any).length).toBeLessThanOrEqual(any.length);
      }),
    );
  });
});

test('reports are kept apart and as they are', () => {
  const { toDevice, toHost, numbered } = hidFramingOf({ kind: 'reports' });
  fc.assert(
    fc.property(report, (any) => {
      expect(toDevice.pack(any)).toEqual([any]);
      expect(toHost.unpack(any)).toEqual(any);
    }),
  );
  expect(numbered).toBe(true);
});

describe('layouts', () => {
  const bytes = Uint8Array.of(0xaa, 0xbb, 0xcc);
  const start = (config: HidFramingConfig, direction: (typeof directions)[number]): number[][] => {
    const { pack } = hidFramingOf(config)[direction];
    return pack(bytes).map((packed) => [...packed.subarray(0, 5)]);
  };

  test.each<[HidFramingConfig, number[], number[]]>([
    [{ kind: 'unnumbered-64' }, [0xaa, 0xbb, 0xcc, 0, 0], [0xaa, 0xbb, 0xcc, 0, 0]],
    [{ kind: 'length-prefixed-64' }, [3, 0xaa, 0xbb, 0xcc, 0], [3, 0xaa, 0xbb, 0xcc, 0]],
    [{ kind: 'numbered', output: 4, input: 2 }, [4, 0xaa, 0xbb, 0xcc, 0], [2, 0xaa, 0xbb, 0xcc, 0]],
    [{ kind: 'numbered', output: 4, input: 2, counted: true }, [4, 3, 0xaa, 0xbb, 0xcc], [2, 3, 0xaa, 0xbb, 0xcc]],
    [{ kind: 'ch9325', baudRate: 9_600 }, [3, 0xaa, 0xbb, 0xcc, 0], [0xf3, 0xaa, 0xbb, 0xcc, 0]],
    [{ kind: 'cp2110', baudRate: 9_600 }, [3, 0xaa, 0xbb, 0xcc, 0], [3, 0xaa, 0xbb, 0xcc, 0]],
  ])('%j', (config, toDevice, toHost) => {
    expect(start(config, 'toDevice')).toEqual([toDevice]);
    expect(start(config, 'toHost')).toEqual([toHost]);
  });

  test('what is no report of data carries nothing', () => {
    const carried = (config: HidFramingConfig, ...any: number[]): number =>
      hidFramingOf(config).toHost.unpack(Uint8Array.from(any)).length;
    expect(carried({ kind: 'numbered', output: 4, input: 2 }, 3, 1, 1)).toBe(0);
    expect(carried({ kind: 'length-prefixed-64' }, 64, 1, 1)).toBe(0);
    expect(carried({ kind: 'length-prefixed-64' })).toBe(0);
    // The device answers with the upper four bits set.
    expect(carried({ kind: 'ch9325', baudRate: 9_600 }, 2, 1, 1)).toBe(0);
    expect(carried({ kind: 'ch9325', baudRate: 9_600 }, 0xf8, 1, 1, 1, 1, 1, 1, 1)).toBe(0);
    // Report 0x42 is the chip's own status.
    expect(carried({ kind: 'cp2110', baudRate: 9_600 }, 0x42, 0, 0)).toBe(0);
  });
});

describe('line set-up of bridge chips', () => {
  const setup = (config: HidFramingConfig, baudRate: number): number[][] | undefined =>
    hidFramingOf(config)
      .lineSetup?.(baudRate)
      .map((feature) => [...feature]);

  test('CP2110: settings, UART on, buffers forgotten', () => {
    expect(setup({ kind: 'cp2110', baudRate: 9_600 }, 115_200)).toEqual([
      [0x41, 1],
      [0x50, 0x00, 0x01, 0xc2, 0x00, 0, 0, 3, 0],
      [0x43, 3],
    ]);
  });

  test('CH9325: speed in two bytes, and nothing for a speed that does not fit', () => {
    expect(setup({ kind: 'ch9325', baudRate: 9_600 }, 9_600)).toEqual([[0, 0x80, 0x25, 0, 0, 3]]);
    expect(setup({ kind: 'ch9325', baudRate: 9_600 }, 115_200)).toEqual([]);
  });

  test('devices without a line have none', () => {
    expect(setup({ kind: 'unnumbered-64' }, 9_600)).toBeUndefined();
  });
});
