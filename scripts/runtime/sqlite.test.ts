import { expect, test } from 'vitest';

import { sqliteDefines } from './sqlite.ts';

test('reads the defines of a gyp file', () => {
  const gyp =
    "# comment\n{\n  'defines': [\n    'HAVE_USLEEP=1',\n    'SQLITE_DQS=0',\n    'SQLITE_SOUNDEX',\n  ],\n}\n";
  expect(sqliteDefines(gyp)).toEqual(['HAVE_USLEEP=1', 'SQLITE_DQS=0', 'SQLITE_SOUNDEX']);
});

test('a file without them is an error, not a library without its options', () => {
  expect(() => sqliteDefines('{}')).toThrow('no list of defines');
});
