import { describe, expect, it } from 'vitest';
import { profileNamed } from './profile.ts';
import type { ScannerStatus } from './protocol.ts';
import { verdictOnPage, verdictOnStart } from './verdicts.ts';
import type { Setback } from './verdicts.ts';

const generic = profileNamed('generic');
const xerox = profileNamed('xerox-b205');
const idle: ScannerStatus = { state: 'idle', feeder: 'empty' };
const working: ScannerStatus = { state: 'processing', feeder: 'empty' };
const loaded: ScannerStatus = { state: 'processing', feeder: 'loaded' };

const setback = (over: Partial<Setback>): Setback => ({
  answer: 500,
  status: idle,
  source: 'feeder',
  mayTryAgain: true,
  ...over,
});

describe('a page that does not come', () => {
  it.each([
    ['503 is tried again, whatever the feeder says', { answer: 503, status: working }, 0, generic, 'again'],
    ['503 is busy in the end', { answer: 503, status: working, mayTryAgain: false }, 0, generic, 'busy'],
    ['503 without a status is tried again', { answer: 503, status: undefined }, 0, generic, 'again'],
    ['404 from the feeder is the end', { answer: 404 }, 2, generic, 'end'],
    ['404 for the first page is an empty feeder', { answer: 404 }, 0, generic, 'feeder-empty'],
    [
      '404 for the first page with paper there is a fault',
      { answer: 404, status: { ...idle, feeder: 'loaded' } },
      0,
      generic,
      'scanner-fault',
    ],
    ['404 from the glass is a fault', { answer: 404, source: 'platen' }, 0, generic, 'scanner-fault'],
    ['404 at work with paper left is not yet', { answer: 404, status: loaded }, 1, generic, 'again'],
    [
      '404 at work with paper left is the end in the end',
      { answer: 404, status: loaded, mayTryAgain: false },
      1,
      generic,
      'end',
    ],
    ['404 at work is not yet for a model that says so', { answer: 404, status: working }, 0, xerox, 'again'],
    [
      '410 at work is not yet for a model that says so, from the glass too',
      { answer: 410, status: working, source: 'platen' },
      0,
      xerox,
      'again',
    ],
    ['410 at rest is the end for it', { answer: 410 }, 1, xerox, 'end'],
    ['410 is a fault for others', { answer: 410 }, 1, generic, 'scanner-fault'],
    ['404 for the first page without a status', { answer: 404, status: undefined }, 0, xerox, 'scanner-absent'],
    ['404 without a status is the end', { answer: 404, status: undefined }, 1, generic, 'end'],
    ['unless it may mean not yet', { answer: 404, status: undefined }, 1, xerox, 'scanner-absent'],
    ['a jam comes first', { answer: 404, status: { state: 'processing', feeder: 'jam' } }, 1, generic, 'jam'],
    [
      'an open cover comes first',
      { answer: 503, status: { state: 'idle', feeder: 'cover-open' } },
      1,
      generic,
      'cover-open',
    ],
    [
      'a jammed feeder is no matter of the glass',
      { answer: 503, status: { state: 'idle', feeder: 'jam' }, source: 'platen' },
      0,
      generic,
      'again',
    ],
    [
      'a scanner that stopped is not tried again',
      { answer: 503, status: { state: 'stopped' } },
      0,
      generic,
      'scanner-fault',
    ],
    ['500 is a fault', {}, 1, generic, 'scanner-fault'],
    ['an endless page is too large', { answer: 'too-long' }, 1, generic, 'page-too-large'],
    ['a late page is late', { answer: 'late' }, 1, generic, 'timed-out'],
    ['a broken connection is a fault', { answer: 'closed' }, 1, generic, 'scanner-fault'],
    [
      'a broken connection with nobody there is an absent scanner',
      { answer: 'closed', status: undefined },
      1,
      generic,
      'scanner-absent',
    ],
  ] as const)('%s', (_name, over, pages, profile, verdict) => {
    expect(verdictOnPage(setback(over), pages, profile)).toBe(verdict);
  });
});

describe('a job that does not start', () => {
  it.each([
    ['503 is tried again', { answer: 503, source: 'platen' }, 'again'],
    ['503 is busy in the end', { answer: 503, source: 'platen', mayTryAgain: false }, 'busy'],
    ['an empty feeder is not tried again', { answer: 503 }, 'feeder-empty'],
    ['an empty feeder is said so', { answer: 409 }, 'feeder-empty'],
    ['a jam is said so', { answer: 409, status: { state: 'idle', feeder: 'jam' } }, 'jam'],
    [
      'a scanner that stopped is a fault',
      { answer: 503, status: { state: 'stopped', feeder: 'loaded' } },
      'scanner-fault',
    ],
    ['another one at work is busy', { answer: 409, status: loaded }, 'busy'],
    ['a refusal at rest is a fault', { answer: 400, source: 'platen' }, 'scanner-fault'],
    ['a broken connection while at work is a fault', { answer: 'closed', status: loaded }, 'scanner-fault'],
    ['nobody there is absent', { answer: 'closed', status: undefined }, 'scanner-absent'],
    ['no answer in time is late', { answer: 'late', status: undefined }, 'timed-out'],
  ] as const)('%s', (_name, over, verdict) => {
    expect(verdictOnStart(setback(over))).toBe(verdict);
  });
});
