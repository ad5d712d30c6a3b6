import { describe, expect, it } from 'vitest';
import type { ApplicationView, FieldView } from '../../../contract/application-view.ts';
import { isFirst, journey, progress, startJourney } from './journey.ts';
import type { Journey, JourneyEvent } from './journey.ts';
import { keyOf, pageOfMissing } from './pages.ts';

const basis = { title: '样例条例', article: '第三条', text: '申请人应当提交材料。' };

function situation(id: string, answer?: string): ApplicationView['situations'][number] {
  const options = [
    { id: 'yes', label: '是' },
    { id: 'no', label: '否' },
  ];
  return { id, question: `${id}？`, options, ...(answer === undefined ? {} : { answer }) };
}

function field(name: string, value?: string, required = true): FieldView {
  return {
    field: { name, question: `${name}？`, label: name, reason: '用于核对。', required, type: 'text', maxLength: 20 },
    masked: false,
    ...(value === undefined ? {} : { value, source: 'person' as const }),
  };
}

function material(id: string, source: 'scan' | 'card' | 'form', pages = 0): ApplicationView['materials'][number] {
  return { id, name: id, source, reason: '用于核对。', basis, pages, complete: source !== 'scan' || pages > 0 };
}

function view(parts: Partial<ApplicationView>): ApplicationView {
  return { code: 'x', name: '样例事项', situations: [], materials: [], fields: [], ...parts };
}

function run(state: Journey, ...events: JourneyEvent[]): Journey {
  return events.reduce(journey, state);
}

const next: JourneyEvent = { kind: 'next' };
const back: JourneyEvent = { kind: 'back' };

const filled = view({
  situations: [situation('first', 'no')],
  fields: [field('name', 'a'), field('shop', 'b')],
  materials: [material('CARD', 'card'), material('LEASE', 'scan', 1)],
});

/** Walks from the first page to the check page. */
function atCheck(): Journey {
  return run(startJourney(filled), next, next, next, next, next);
}

describe('the order of an application', () => {
  it('asks situations, shows materials, then one question a page, scans, check and signature', () => {
    const keys = [startJourney(filled)];
    for (let page = 0; page < 6; page += 1) keys.push(journey(keys.at(-1) ?? startJourney(filled), next));
    expect(keys.map((state) => keyOf(state.page))).toEqual([
      'situation first',
      'materials',
      'question name',
      'question shop',
      'scan LEASE',
      'check',
      'sign',
    ]);
  });

  it('goes back over the same pages and says which one is the first', () => {
    const third = run(startJourney(filled), next, next);
    expect(keyOf(run(third, back).page)).toBe('materials');
    expect(isFirst(third)).toBe(false);
    expect(isFirst(run(third, back, back))).toBe(true);
    expect(keyOf(run(third, back, back, back).page)).toBe('situation first');
  });

  it('shows a question that an answer has just opened before the materials', () => {
    const opened = view({ ...filled, situations: [situation('first', 'yes'), situation('second')] });
    expect(keyOf(run(startJourney(filled), { kind: 'viewed', view: opened }, next).page)).toBe('situation second');
  });

  it('starts with the materials when an item has no situations', () => {
    expect(keyOf(startJourney(view({ fields: [field('name')] })).page)).toBe('materials');
  });

  it('counts the pages, but not while one answer is changed', () => {
    expect(progress(startJourney(filled))).toEqual({ current: 1, total: 7 });
    expect(progress(run(startJourney(filled), next, next, next))).toEqual({ current: 4, total: 7 });
    expect(progress(run(atCheck(), { kind: 'change', page: { kind: 'materials' } }))).toBeUndefined();
  });
});

describe('changing an answer from the check page', () => {
  it('returns to the check page after the one changed answer', () => {
    const changing = run(atCheck(), { kind: 'change', page: { kind: 'question', name: 'name' } });
    expect(keyOf(changing.page)).toBe('question name');
    const after = run(changing, { kind: 'field-set', field: field('name', 'z') }, next);
    expect(keyOf(after.page)).toBe('check');
    expect(after.view.fields[0]?.value).toBe('z');
    expect(keyOf(run(after, next).page)).toBe('sign');
  });

  it('returns to the check page when the person changes nothing', () => {
    const changing = run(atCheck(), { kind: 'change', page: { kind: 'scan', material: 'LEASE' } });
    expect(keyOf(run(changing, back).page)).toBe('check');
    expect(isFirst(run(atCheck(), { kind: 'change', page: { kind: 'situation', id: 'first' } }))).toBe(false);
  });

  it('asks first what the change has opened: question, materials, field, scan', () => {
    const opened = view({
      situations: [situation('first', 'yes'), situation('second')],
      fields: [field('name', 'a'), field('staff', undefined, false), field('shop', 'b')],
      materials: [material('CARD', 'card'), material('LEASE', 'scan', 1), material('PERMIT', 'scan')],
    });
    const keys: string[] = [];
    let state = run(
      atCheck(),
      { kind: 'change', page: { kind: 'situation', id: 'first' } },
      { kind: 'viewed', view: opened },
      next,
    );
    while (state.changing && keys.length < 10) {
      keys.push(keyOf(state.page));
      if (state.page.kind === 'situation') {
        const answered = { ...opened, situations: [situation('first', 'yes'), situation('second', 'no')] };
        state = run(state, { kind: 'viewed', view: answered });
      }
      if (state.page.kind === 'scan') {
        const scanned = [material('CARD', 'card'), material('LEASE', 'scan', 1), material('PERMIT', 'scan', 1)];
        state = run(state, { kind: 'viewed', view: { ...state.view, materials: scanned } });
      }
      state = run(state, next);
    }
    expect(keys).toEqual(['situation second', 'materials', 'question staff', 'scan PERMIT']);
    expect(keyOf(state.page)).toBe('check');
  });
});

describe('what the review calls missing', () => {
  it('has the page that gives it', () => {
    expect(pageOfMissing('first', filled)).toEqual({ kind: 'situation', id: 'first' });
    expect(pageOfMissing('shop', filled)).toEqual({ kind: 'question', name: 'shop' });
    expect(pageOfMissing('LEASE', filled)).toEqual({ kind: 'scan', material: 'LEASE' });
    expect(pageOfMissing('CARD', filled)).toEqual({ kind: 'materials' });
    expect(pageOfMissing('gone', filled)).toBeUndefined();
  });
});
