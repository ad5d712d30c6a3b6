import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { caseExample, pageExample, ratingExample } from '../../contract/platform-examples.ts';
import { KeyRing } from '../store/key-ring.ts';
import { readRecord, writePayload } from './outgoing.ts';

const seal = new KeyRing(randomBytes(32), undefined, randomBytes).sealFor('outbox');
const rowOf = (step: 'case' | 'scan' | 'rating', content: Buffer) => ({
  id: caseExample.id,
  step,
  payload: seal.seal(content, caseExample.id),
});

describe('a record that goes out', () => {
  it.each([
    ['case', caseExample],
    ['scan', pageExample],
    ['rating', ratingExample],
  ] as const)('is read as it was written: %s', (step, content) => {
    expect(readRecord(rowOf(step, writePayload(content)), seal)).toEqual({ ok: true, value: { step, content } });
  });

  it.each([
    ['is no JSON', Buffer.from('{"id":')],
    ['is empty', Buffer.alloc(0)],
    ['is of another version', Buffer.from(JSON.stringify({ ...caseExample, id: undefined }))],
  ])('is for staff when what was sealed %s', (_what, content) => {
    for (const step of ['case', 'scan', 'rating'] as const)
      expect(readRecord(rowOf(step, content), seal)).toMatchObject({ ok: false, reason: 'content-broken' });
  });

  it('is for staff when it does not open, or is gone', () => {
    const row = rowOf('case', writePayload(caseExample));
    expect(readRecord({ ...row, id: pageExample.id }, seal)).toMatchObject({ ok: false, reason: 'sealed-broken' });
    expect(readRecord({ ...row, payload: null }, seal)).toMatchObject({ ok: false, reason: 'payload-missing' });
  });
});
