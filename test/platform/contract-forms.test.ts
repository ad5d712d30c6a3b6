import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { IDENTITY_HEADER } from '../../src/contract/citizen-call.ts';
import { CONTRACT_VERSION, isSpoken, readVersions, writeVersions } from '../../src/contract/contract-version.ts';
import { platformApi } from '../../src/contract/platform-api.ts';
import { writeIn } from '../../src/core/sync/contract-forms.ts';
import { VersionGap } from '../../src/core/sync/spoken-versions.ts';
import { frozenContract } from '../fixtures/frozen-contract.ts';

const before = CONTRACT_VERSION - 1;
const frozen = frozenContract();
type Call = Parameters<typeof writeIn>[1];

/** Each call that hands a record in, with today's schema of it. */
const calls = Object.entries(platformApi).flatMap(([name, procedure]) => {
  if (!isContractProcedure(procedure)) throw new Error(`${name} is not a procedure`);
  const { route, inputSchema } = procedure['~orpc'];
  const shape: Readonly<Record<string, unknown>> = inputSchema instanceof z.ZodObject ? inputSchema.shape : {};
  const { body, headers } = shape;
  // Asked while somebody stands there: it never waits for an update, and no older platform has the call.
  if (headers instanceof z.ZodObject && IDENTITY_HEADER in headers.shape) return [];
  return body instanceof z.ZodObject ? [{ name: name as Call, path: route.path ?? '', body }] : [];
});

/** The example of a record, and further ones with each of its fields that it lacks, and each word where there are several. */
function variants(body: z.ZodObject): Record<string, unknown>[] {
  const example = z.record(z.string(), z.unknown()).parse(z.array(z.unknown()).parse(body.meta()?.examples)[0]);
  const others = Object.entries(body.shape).flatMap(([field, schema]) => {
    const bare = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    if (bare instanceof z.ZodEnum) return bare.options.map((word) => ({ ...example, [field]: word }));
    return field in example ? [] : [{ ...example, [field]: 'something' }];
  });
  return [example, ...others];
}

describe(`records written for a platform of version ${before}`, () => {
  it.each(calls)('$name: each form of them is one that it takes, or waits', ({ name, path, body }) => {
    const operation = frozen.find('POST', path);
    for (const record of variants(body)) {
      let written: unknown;
      try {
        written = writeIn(before, name, record as never);
      } catch (error) {
        expect([name, error]).toEqual([name, expect.any(VersionGap)]);
        continue;
      }
      expect([record, operation?.body?.safeParse(written)]).toMatchObject([record, { success: true }]);
    }
  });

  it('are seen by this test', () => {
    expect(calls.length).toBeGreaterThanOrEqual(6);
    expect(calls.flatMap(({ body }) => variants(body)).length).toBeGreaterThan(2 * calls.length);
  });
});

describe('what is said of versions', () => {
  it('is read as it is written', () => {
    expect(readVersions(writeVersions({ oldest: 3, newest: 12 }))).toEqual({ oldest: 3, newest: 12 });
    // Of version 1, which did not say.
    expect(readVersions(null)).toEqual({ oldest: 1, newest: 1 });
    for (const nonsense of ['', '2', '2-', '3-2', '0-1', '1-2-3', 'one-two', '1 - 2', '-1-2'])
      expect([nonsense, readVersions(nonsense)]).toEqual([nonsense, undefined]);
  });

  it('decides whether a request is taken', () => {
    const spoken = { oldest: 2, newest: 3 };
    const cases = { '1': false, '2': true, '3': true, '4': false, '': false, two: false, '2.5': false };
    for (const [header, taken] of Object.entries(cases))
      expect([header, isSpoken(header, spoken)]).toEqual([header, taken]);
    expect(isSpoken(undefined, spoken)).toBe(false);
    expect(isSpoken(undefined, { oldest: 1, newest: 2 })).toBe(true);
  });
});
