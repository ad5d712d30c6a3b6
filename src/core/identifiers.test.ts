import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hallDay, hallTime } from './hall-time.ts';
import { makeReceiptCode, makeUuidV7 } from './identifiers.ts';

const random = { fraction: Math.random, bytes: randomBytes };

describe('identifiers', () => {
  it('makes valid version 7 ids that sort by time', () => {
    const early = makeUuidV7(new Date('2026-11-22T01:00:00Z'), random);
    const late = makeUuidV7(new Date('2026-11-22T01:00:01Z'), random);
    expect(z.uuidv7().safeParse(early).success).toBe(true);
    expect(early < late).toBe(true);
    expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T01:00:00Z'));
  });

  it('makes receipt codes without letters that look alike', () => {
    const codes = new Set(Array.from({ length: 500 }, () => makeReceiptCode(random)));
    expect(codes.size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});

describe('hall time', () => {
  it('is the wall clock of the hall in any zone, also across midnight', () => {
    expect(hallTime(new Date('2026-11-22T17:30:15.999Z'))).toBe('2026-11-23T01:30:15+08:00');
    expect(hallDay(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });
});
