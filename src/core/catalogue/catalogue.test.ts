import { expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent } from '../../../test/fixtures/sample-item.ts';
import { Catalogue, type CatalogueText } from './catalogue.ts';

/** A text that counts how often it was read. */
function counted(sha256: string, text: string): CatalogueText & { readonly times: () => number } {
  let times = 0;
  return {
    name: sha256,
    sha256,
    times: () => times,
    read: () => {
      times += 1;
      return text;
    },
  };
}

test('a text is judged once: in the next catalogue only what is new is read, and the verdicts are the same', () => {
  const fine = counted('fine', JSON.stringify(sampleItem));
  const broken = counted('broken', '{"code":1}');
  const first = new Catalogue([fine, broken]);
  expect(first.items.size).toBe(1);
  expect([fine.times(), broken.times()]).toStrictEqual([1, 1]);

  const added = counted('added', JSON.stringify({ ...sampleLifeEvent, code: '11990101MB000001934990500002000' }));
  const second = new Catalogue([fine, broken, added], first.verdicts);
  expect(second.items.size).toBe(2);
  expect([fine.times(), broken.times(), added.times()]).toStrictEqual([1, 1, 1]);
  expect(second.leftOut).toStrictEqual(first.leftOut);
  expect([...second.verdicts.keys()]).toStrictEqual(['fine', 'broken', 'added']);
});

test('a whole item is read from its text when it is asked for, and a list reads none', () => {
  const fine = counted('fine', JSON.stringify(sampleItem));
  const { items } = new Catalogue([fine]);
  expect(Array.from(items.list(), ({ summary }) => summary.name)).toStrictEqual([sampleItem.name]);
  expect(fine.times()).toBe(1);
  expect(items.get(sampleItem.code)).toStrictEqual(sampleItem);
  expect(fine.times()).toBe(2);
});
