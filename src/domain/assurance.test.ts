import { describe, expect, it } from 'vitest';
import { assuranceLevels, assuranceOf, identityMethods, suffices } from './assurance.ts';

describe('the assurance of an identity', () => {
  it('is highest for what only its owner has, and without a real name for a telephone alone', () => {
    expect(identityMethods.map((method) => [method, assuranceOf(method)])).toEqual([
      ['id-card', { level: 'high', realName: true }],
      ['social-card', { level: 'substantial', realName: true }],
      ['platform-code', { level: 'substantial', realName: true }],
      ['company-key', { level: 'high', realName: true }],
      ['sms-code', { level: 'low', realName: false }],
    ]);
  });

  it('does for every level up to its own', () => {
    const pairs = assuranceLevels.flatMap((level) => assuranceLevels.map((needed) => suffices(level, needed)));
    expect(pairs).toEqual([true, false, false, true, true, false, true, true, true]);
  });
});
