import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEscpos } from '../../test/fixtures/paper/decode.ts';
import type { PaperItem } from '../../test/fixtures/paper/decode.ts';
import { code128Data, code128Modules } from './code-128.ts';
import * as command from './protocol.ts';

const itemsOf = (...commands: Uint8Array[]): readonly PaperItem[] => decodeEscpos(Buffer.concat(commands)).items;
const dot = (x: number, y: number): Uint8Array => {
  const dots = new Uint8Array(3 * 24);
  dots[3 * x + (y >> 3)] = 0x80 >> (y & 7);
  return dots;
};

describe('what is sent to a printer', () => {
  it('makes text as many times as large as is asked for', () => {
    for (const factor of [1, 2, 3, 4]) {
      const [line] = itemsOf(command.size(factor), new TextEncoder().encode('A'), command.lineFeed);
      expect(line).toMatchObject({ runs: [{ text: 'A', width: factor, height: factor }] });
    }
  });

  it('draws a picture in a line, and one between lines', () => {
    const [line, image] = itemsOf(
      command.inlinePicture(dot(3, 9)),
      command.lineFeed,
      command.raster(1, Uint8Array.of(0x81, 0x18)),
    );
    expect(line).toMatchObject({ runs: [{ picture: dot(3, 9) }] });
    expect(image).toMatchObject({ rowBytes: 1, rows: 2, dots: Uint8Array.of(0x81, 0x18) });
  });

  it('never puts a real-time command into a picture', () => {
    const tricky = Uint8Array.of(0x10, 0x04, 0x10, 0x05, 0x10, 0x14, 0x10, 0x10, 0x04, 0x00, 0x04, 0x14);
    for (const sent of [command.raster(4, tricky), command.inlinePicture(tricky)]) {
      const hex = Buffer.from(sent).toString('hex').match(/../gu)?.join(' ') ?? '';
      expect(hex).not.toMatch(/10 (?:04|05|14)/u);
      expect(hex).toContain('00 04 14');
    }
  });

  it('asks by name for each state, and for each end of a job', () => {
    const asked = decodeEscpos(
      Buffer.concat([
        ...(['printer', 'offline-cause', 'error', 'paper'] as const).map(command.requestStatus),
        command.requestProcessId('  1!'),
        command.requestPaperStatus,
        command.automaticStatus,
      ]),
    ).queries;
    expect(asked).toEqual(['100401', '100402', '100403', '100404', '1d28480600303020203121', '1d7201', '1d610e']);
  });

  it('numbers jobs with four printable characters, differently for very long', () => {
    expect(command.processId(0)).toBe('    ');
    expect(command.processId(95)).toBe('  ! ');
    fc.assert(
      fc.property(fc.nat(), (number) => {
        expect(command.processId(number)).toMatch(/^[ -~]{4}$/u);
      }),
    );
  });
});

describe('what the bits of a status mean', () => {
  it.each([
    ['printer', 0x12, undefined],
    ['printer', 0x1a, 'offline'],
    ['offline-cause', 0x12, undefined],
    ['offline-cause', 0x16, 'cover-open'],
    ['offline-cause', 0x32, 'paper-out'],
    ['offline-cause', 0x52, 'printer-fault'],
    ['error', 0x12, undefined],
    ['error', 0x1a, 'cutter'],
    ['error', 0x32, 'printer-fault'],
    ['error', 0x52, 'printer-fault'],
    ['paper', 0x1e, undefined],
    ['paper', 0x7e, 'paper-out'],
  ] as const)('%s %i', (topic, status, problem) => {
    expect(command.problemOfStatus(topic, status)).toBe(problem);
  });

  it.each([
    [[0x10, 0, 0, 0], undefined, 'ok'],
    [[0x18, 0, 0, 0], undefined, 'ok'],
    [[0x10, 0, 0x03, 0], undefined, 'low'],
    [[0x18, 0, 0x0f, 0], 'paper-out', 'out'],
    [[0x38, 0, 0x0f, 0], 'cover-open', 'out'],
    [[0x18, 0x08, 0, 0], 'cutter', 'ok'],
    [[0x18, 0x04, 0, 0], 'printer-fault', 'ok'],
    [[0x18, 0x20, 0, 0], 'printer-fault', 'ok'],
    [[0x18, 0x40, 0, 0], 'printer-fault', 'ok'],
  ] as const)('automatic status %j', (status, problem, paper) => {
    expect(command.problemOfAutomaticStatus(status)).toBe(problem);
    expect(command.paperOfAutomaticStatus(status)).toBe(paper);
  });

  it('tells no paper from little paper in an answer to GS r', () => {
    expect([0x00, 0x03, 0x0c, 0x0f].map(command.paperOutInAnswer)).toEqual([false, false, true, true]);
  });
});

describe('bar codes', () => {
  const printedText = (content: string): unknown => {
    const [item] = itemsOf(command.barcode(code128Data(content), 2));
    return item?.kind === 'barcode' ? item.code.text : item;
  };

  it('are read back as what they hold, as wide as was counted', () => {
    const content = fc.string({
      unit: fc.constantFrom(...Array.from('012345678901234567890123456789AZaz{} -/')),
      minLength: 1,
      maxLength: 48,
    });
    fc.assert(
      fc.property(content, (text) => {
        const [item] = itemsOf(command.barcode(code128Data(text), 3));
        if (item?.kind !== 'barcode') throw new Error('no bar code');
        expect(item.code.text).toBe(text);
        expect(item).toMatchObject({ module: 3, textBelow: true, align: 'left' });
        // Eleven modules for each symbol, two more for the stop symbol.
        expect(code128Modules(text)).toBe(11 * item.code.values.length + 2);
      }),
    );
  });

  it('put pairs of digits where they save room', () => {
    expect(Buffer.from(code128Data('12345678'))).toEqual(Buffer.from('{C\u000c\u0022\u0038\u004e'));
    expect(Buffer.from(code128Data('K1-123')).toString()).toBe('{BK1-123');
    expect(Buffer.from(code128Data('K00123456')).toString('latin1')).toBe('{BK{C\u0000\u000c\u0022\u0038');
    expect(Buffer.from(code128Data('12345')).toString('latin1')).toBe('{B1{C\u0017\u002d');
    expect(Buffer.from(code128Data('a{b')).toString()).toBe('{Ba{{b');
  });

  it('hold no bytes of a real-time command', () => {
    expect(Buffer.from(code128Data('16041605')).toString()).toBe('{B16041605');
    expect(printedText('16041605')).toBe('16041605');
    expect(Buffer.from(code128Data('16061616')).toString('latin1').startsWith('{C')).toBe(true);
  });
});
