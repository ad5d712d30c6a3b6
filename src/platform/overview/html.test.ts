import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { markup } from './html.ts';

test('what is put into a page stays text, wherever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', '张', ';') }), (text) => {
      const written = markup`<p title="${text}">${text}</p>`.toString();
      const [, title = '', inner = ''] = /^<p title="([^"]*)">([^<>]*)<\/p>$/.exec(written) ?? ['', 'not one element'];
      expect(title).toBe(inner);
      const read = inner
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      expect(read).toBe(text);
    }),
  );
});

test('HTML in HTML is not escaped again', () => {
  const list = markup`<ul>${['a', '<'].map((text) => markup`<li>${text}</li>`)}</ul>${0}`;
  expect(list.toString()).toBe('<ul><li>a</li><li>&lt;</li></ul>0');
});
