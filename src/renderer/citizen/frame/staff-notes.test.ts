import { expect, it } from 'vitest';
import type { StatusView } from '../../../contract/visit-view.ts';
import { staffNotes } from './staff-notes.ts';

const calm: StatusView = {
  services: [],
  devices: [
    { id: 'reader', class: 'id-reader', state: 'ready' },
    { id: 'printer', class: 'ticket-printer', state: 'busy' },
    { id: 'pad', class: 'rating-pad', state: 'probing' },
  ],
  platform: 'unreachable',
  waiting: 3,
  needsStaff: 0,
  notices: [],
};

it('is empty while everything works or is on its way', () => {
  expect(staffNotes(calm)).toEqual([]);
  expect(staffNotes(undefined)).toEqual([]);
});

it('names devices that cannot be used or are closed, parked records and what healed by itself', () => {
  const status: StatusView = {
    ...calm,
    devices: [
      { id: 'reader', class: 'id-reader', state: 'absent', reason: 'port-missing' },
      { id: 'printer', class: 'ticket-printer', state: 'disabled', reason: 'paper-out' },
      { id: 'pad', class: 'rating-pad', state: 'faulty', reason: 'something-new' },
    ],
    needsStaff: 2,
    notices: [{ kind: 'item-left-out', detail: 'a.json: name: missing' }],
  };
  expect(staffNotes(status)).toEqual([
    { kind: 'device', device: 'id-reader', trouble: 'not-connected', closed: false, detail: 'reader: port-missing' },
    { kind: 'device', device: 'ticket-printer', trouble: 'paper-out', closed: true, detail: 'printer: paper-out' },
    { kind: 'device', device: 'rating-pad', trouble: 'fault', closed: false, detail: 'pad: something-new' },
    { kind: 'needs-staff', count: 2 },
    { kind: 'item-left-out', detail: 'a.json: name: missing' },
  ]);
});
