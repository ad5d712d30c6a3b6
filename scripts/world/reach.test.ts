import { expect, test } from 'vitest';

import { closedAncestor, mountScript } from './reach.ts';

const modes: Readonly<Record<string, number>> = { '/root': 0o40700, '/home': 0o40755, '/home/ann': 0o40750 };
const mode = (folder: string): number => modes[folder] ?? 0o40755;

test.each([
  ['/srv/hall/kiosk', undefined],
  ['/root/kiosk', '/root'],
  ['/root', undefined],
  ['/home/ann/deep/kiosk', '/home/ann'],
])('the folder that keeps others from %s is %s', (path, expected) => {
  expect(closedAncestor(path, mode)).toBe(expected);
});

test('the view holds the checkout, covers the closed folder, puts the checkout back and runs the command there', () => {
  const script = mountScript([{ source: "/root/ann's", target: "/root/ann's" }], ['/root']);
  const quoted = String.raw`'/root/ann'\''s'`;
  const stages = [`mount --bind ${quoted} `, "none '/root'", `mkdir -p ${quoted}`, `cd ${quoted}`, 'exec "$@"'];
  const places = stages.map((stage) => script.indexOf(stage));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});
