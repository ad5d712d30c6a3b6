import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandedIn } from '../../contract/visit-view.ts';
import { inSession, visit } from './visit.ts';
import type { Place, VisitEvent } from './visit.ts';

const person = { name: '张*', idLast4: '1234' };
const handedIn: HandedIn = {
  provisionalNumber: 'YS-K001-261122-0001-X',
  handedInAt: '2026-11-22T09:30:00+08:00',
  itemName: '示例事项',
  receiptCode: 'R7K2',
  promisedDays: 3,
  partNames: [],
  phone: '0000-12345',
};
const walk = (events: readonly VisitEvent[], from: Place = { at: 'home' }) => events.reduce(visit, from);

const anyEvent: fc.Arbitrary<VisitEvent> = fc.constantFrom<VisitEvent>(
  { kind: 'staff' },
  { kind: 'guides' },
  { kind: 'guide', code: 'A' },
  { kind: 'progress' },
  { kind: 'apply' },
  { kind: 'apply', wanted: 'A' },
  { kind: 'consented' },
  { kind: 'window', why: 'no-card' },
  { kind: 'window', why: 'backlog' },
  { kind: 'window', why: 'numbers' },
  { kind: 'identified', person },
  { kind: 'chosen', code: 'A' },
  { kind: 'leave-item' },
  { kind: 'handed-in', handedIn },
  { kind: 'rate' },
  { kind: 'rated' },
  { kind: 'end' },
  { kind: 'interrupted' },
  { kind: 'home' },
);

describe('visit', () => {
  it('leads from home to the thanks', () => {
    const events: VisitEvent[] = [
      { kind: 'apply' },
      { kind: 'consented' },
      { kind: 'identified', person },
      { kind: 'chosen', code: 'A' },
      { kind: 'handed-in', handedIn },
      { kind: 'rate' },
      { kind: 'rated' },
    ];
    expect(events.map((_, index) => walk(events.slice(0, index + 1)).at)).toEqual([
      'consent',
      'card',
      'items',
      'apply',
      'handed-in',
      'rating',
      'end',
    ]);
  });

  it('lets staff in from the home page only, and leaves a new page behind them', () => {
    expect(walk([{ kind: 'staff' }, { kind: 'apply' }])).toEqual({ at: 'staff' });
    expect(walk([{ kind: 'apply' }, { kind: 'staff' }]).at).toBe('consent');
    expect(walk([{ kind: 'staff' }, { kind: 'home' }])).toEqual({ at: 'home', spent: true });
  });

  it('goes straight to the item that was chosen in the guide', () => {
    const place = walk([
      { kind: 'guides' },
      { kind: 'guide', code: 'A' },
      { kind: 'apply', wanted: 'A' },
      { kind: 'consented' },
      { kind: 'identified', person },
    ]);
    expect(place).toEqual({ at: 'apply', person, code: 'A' });
  });

  it('never reaches a page with a person without consent and card', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let place: Place = { at: 'home' };
        let consented = false;
        let identified = false;
        for (const event of events) {
          const next = visit(place, event);
          if (next.at === 'consent' && place.at !== 'consent') consented = identified = false;
          if (next.at === 'card' && place.at === 'consent') consented = true;
          if (place.at === 'card' && next !== place && 'person' in next) identified = true;
          if ('person' in next || 'handedIn' in next) expect(consented && identified).toBe(true);
          place = next;
        }
      }),
    );
  });

  it('keeps nothing of a person after the end, from wherever it ended', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const ended = visit(walk(events), { kind: 'end' });
        expect(inSession(ended)).toBe(false);
        expect(JSON.stringify(ended)).not.toMatch(/张|YS-/);
      }),
    );
  });

  it('takes a page for spent once it comes home from a visit, and only then', () => {
    const consented: VisitEvent[] = [{ kind: 'apply' }, { kind: 'consented' }];
    const spent = { at: 'home', spent: true };
    expect(walk([...consented, { kind: 'home' }])).toEqual(spent);
    expect(walk([...consented, { kind: 'end' }, { kind: 'home' }])).toEqual(spent);
    expect(walk([...consented, { kind: 'interrupted' }, { kind: 'home' }])).toEqual(spent);
    expect(walk([{ kind: 'guides' }, { kind: 'home' }])).toEqual({ at: 'home' });
    expect(walk([{ kind: 'progress' }, { kind: 'home' }])).toEqual({ at: 'home' });
  });

  it('ignores an event that comes late from a page already left', () => {
    const end = walk([{ kind: 'apply' }, { kind: 'end' }]);
    expect(visit(end, { kind: 'identified', person })).toBe(end);
  });
});
