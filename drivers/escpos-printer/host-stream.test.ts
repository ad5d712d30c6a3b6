import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code128Data } from './code-128.ts';
import { HostStream } from './host-stream.ts';
import { MOST_HOST_COMMAND_BYTES } from './limits.ts';
import * as command from './protocol.ts';

const hexOf = (commands: readonly Uint8Array[]): string[] => commands.map((one) => Buffer.from(one).toString('hex'));
const split = (hex: string): string[] => hexOf(new HostStream().push(Buffer.from(hex.replaceAll(' ', ''), 'hex')));

function chunked(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const stream = new HostStream();
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, index) => stream.push(bytes.subarray(places[index], end)));
}

describe('what a host sends', () => {
  it.each([
    ['text, byte by byte', '41 D6 D0', ['41', 'd6', 'd0']],
    ['ESC @ and ESC 2', '1B 40 1B 32', ['1b40', '1b32']],
    ['FS & and FS .', '1C 26 1C 2E', ['1c26', '1c2e']],
    ['FS S', '1C 53 00 00', ['1c5300', '00']],
    ['the three cuts', '1D 56 00 1D 56 41 10 1D 56 42 00', ['1d5600', '1d564110', '1d564200']],
    ['margin and width', '1D 4C 00 01 1D 57 40 02', ['1d4c0001', '1d574002']],
    ['DLE EOT and DLE ENQ', '10 04 01 10 05 02', ['100401', '100502']],
    ['DLE DC4 of other functions', '10 14 01 00 02', ['1014010002']],
    ['an eight-dot picture in a line', '1B 2A 00 02 00 FF FF 41', ['1b2a000200ffff', '41']],
    ['a bar code by its length', '1D 6B 49 02 7B 42', ['1d6b49027b42']],
    ['a picture without dots', '1D 76 30 00 01 00 00 00 41', ['1d76300001000000', '41']],
  ])('is split: %s', (_, hex, commands) => {
    expect(split(hex)).toEqual(commands);
    expect(hexOf(chunked(Buffer.from(hex.replaceAll(' ', ''), 'hex'), [1, 2, 3, 4, 5, 6, 7, 8]))).toEqual(commands);
  });

  const dots = fc.uint8Array({ maxLength: 60 });
  // A bar code's first nine bytes are three commands that set its height, width and text.
  const barcode = fc
    .stringMatching(/^[0-9A-Z]{1,20}$/u)
    .map((text) => command.barcode(code128Data(text), 2).subarray(9));
  const sent = fc.oneof(
    fc.constantFrom(
      command.initialise,
      command.chineseMode,
      command.lineFeed,
      command.feedAndCut,
      command.automaticStatus,
      command.requestPaperStatus,
      command.clearBuffers,
    ),
    fc.constantFrom('left' as const, 'centre' as const, 'right' as const).map(command.align),
    fc.boolean().map(command.bold),
    fc.integer({ min: 1, max: 8 }).map(command.size),
    fc.integer({ min: 0, max: 255 }).map(command.feed),
    fc
      .constantFrom('printer' as const, 'offline-cause' as const, 'error' as const, 'paper' as const)
      .map(command.requestStatus),
    fc.nat().map((number) => command.requestProcessId(command.processId(number))),
    dots.map((columns) => command.inlinePicture(columns.subarray(0, columns.length - (columns.length % 3)))),
    dots.map((rows) => command.raster(1, Uint8Array.from(rows))),
    barcode,
  );

  it('is split into every command that it was made of, in any chunking', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 20 }), (commands, cuts) => {
        expect(hexOf(chunked(Buffer.concat(commands), cuts))).toEqual(hexOf(commands));
      }),
    );
  });

  it('may be any bytes: none is lost, but for a command that has not ended', () => {
    const any = fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), sent), { maxLength: 12 });
    fc.assert(
      fc.property(any, fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
        const bytes = Buffer.concat(parts);
        const commands = Buffer.concat(chunked(bytes, cuts));
        expect(commands).toEqual(Buffer.concat(new HostStream().push(bytes)));
        expect(bytes.subarray(0, commands.length)).toEqual(commands);
      }),
    );
  });
});

describe('a picture', () => {
  const head = (rowBytes: number, rows: number): Uint8Array =>
    Uint8Array.of(0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8);

  it('as long as any command with a length of two bytes is kept', () => {
    const stream = new HostStream();
    const rows = MOST_HOST_COMMAND_BYTES - 8;
    expect(stream.push(Buffer.concat([head(1, rows), Buffer.alloc(rows)]))).toHaveLength(1);
    expect(stream.pendingBytes).toBe(0);
  });

  it('that is longer is passed over, and what stands behind it is not', () => {
    const stream = new HostStream();
    const rows = MOST_HOST_COMMAND_BYTES - 7;
    stream.push(head(1, rows));
    stream.push(Buffer.alloc(rows - 1, 0x1b));
    expect(stream.pendingBytes).toBe(0);
    expect(hexOf(stream.push(Uint8Array.of(0x1b, ...command.lineFeed)))).toEqual(['0a']);
  });
});
