import { expect, test } from 'vitest';

import { endedWell, readTap } from './tap.ts';

const console = `SeaBIOS
TAP version 13
# Subtest: one
ok 1 - one
  ---
  duration_ms: 10
  type: 'test'
  ...
# Subtest: [S-15] two: a \\# b
not ok 2 - [S-15] two: a \\# b
  ---
  duration_ms: 10
  error: 'reader is absent (no-answer) after 5000 ms'
  stack: |-
    somewhere
  ...
not ok 3 - three
  ---
  error: |-
    Expected values to be strictly equal:
    1 !== 2
  code: 'ERR'
  ...
ok 4 - four # SKIP not here
1..4
usb-bench: ended with 1
[  126.680829] reboot: Power down
`;

test('outcomes with their titles, and what a failed one complains of', () => {
  expect(readTap(console)).toEqual([
    { title: 'one', outcome: 'passed' },
    { title: '[S-15] two: a # b', outcome: 'failed', complaint: "'reader is absent (no-answer) after 5000 ms'" },
    { title: 'three', outcome: 'failed', complaint: 'Expected values to be strictly equal:\n    1 !== 2' },
    { title: 'four', outcome: 'skipped' },
  ]);
});

test('only a run that says that it ended with 0 ended well', () => {
  expect(endedWell(console)).toBe(false);
  expect(endedWell('ok 1 - one\n')).toBe(false);
  expect(endedWell('ok 1 - one\nusb-bench: ended with 0\n')).toBe(true);
});
