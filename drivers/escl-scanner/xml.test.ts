import { array, assert, integer, option, property, record, uint8Array } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { XML_MOST_BYTES } from './limits.ts';
import { A4, offerOf, readCapabilities, readSettings, readStatus, writeCapabilities } from './protocol.ts';
import { loadXml } from './xml.ts';
import type { ReadXml } from './xml.ts';

// Thousands of runs each, on computers that have other work.

let read: ReadXml;
beforeAll(async () => {
  read = await loadXml();
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a document', () => {
  it('may have text beside elements, which is passed over', () => {
    expect(read(utf8('<a>text<b>c</b></a>'))).toEqual({
      name: 'a',
      text: '',
      children: [{ name: 'b', text: 'c', children: [] }],
    });
  });

  it.each([
    ['of a login page', '<!DOCTYPE html><html><body>Login<br></body></html>'],
    ['that defines entities', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'],
    ['that reaches out', '<!doctype x SYSTEM "http://evil.example/x.dtd"><x/>'],
    ['that is cut', '<scan:ScannerStatus><pwg:State>Idle</pwg:State>'],
    ['with two roots', '<a/><b/>'],
    ['with a dangerous name', '<a><__proto__>x</__proto__></a>'],
    ['that is empty', ''],
    ['that is text', 'not found'],
    ['that is deeper than any', '<a>'.repeat(30) + '</a>'.repeat(30)],
  ])('%s is none', (_name, text) => {
    expect(read(utf8(text))).toBeUndefined();
  });

  it('larger than any is none', () => {
    expect(read(utf8(`<a>${' '.repeat(XML_MOST_BYTES)}</a>`))).toBeUndefined();
  });

  it('keeps an entity as it stands', () => {
    expect(read(utf8('<a>x&amp;y</a>'))?.text).toBe('x&amp;y');
  });

  it('of any bytes, or with changed ones, throws nothing and gives no impossible scanner', () => {
    const whole = writeCapabilities({
      platen: {
        ...A4,
        colours: ['grey'],
        formats: ['image/jpeg'],
        formatExt: false,
        resolutions: [300],
        documentIntent: false,
      },
    });
    const changed = record({
      at: integer({ min: 0, max: whole.length }),
      cut: integer({ min: 0, max: 40 }),
      put: uint8Array({ maxLength: 20 }),
    });
    assert(
      property(option(array(changed, { maxLength: 4 })), uint8Array({ maxLength: 300 }), (changes, noise) => {
        let bytes = [...(changes ? whole : noise)];
        for (const { at, cut, put } of changes ?? []) bytes = bytes.toSpliced(at, cut, ...put);
        const root = read(Uint8Array.from(bytes));
        const found = root && readCapabilities(root);
        for (const one of found ? [found.platen, found.feeder, found.duplexFeeder] : []) {
          if (one) expect(one.resolutions.length * one.colours.length * one.formats.length).toBeGreaterThan(0);
        }
        if (root) expect(() => [readStatus(root), readSettings(root), found && offerOf(found)]).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});
