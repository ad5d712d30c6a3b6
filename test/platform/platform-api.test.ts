import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { announcedPage, caseSubmission, platformApi, ratingSubmission } from '../../src/contract/platform-api.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';

/** What is derived from each entry of the contract: how to call it and an input that its schema takes. */
const entries = Object.entries(platformApi).map(([name, procedure]) => {
  if (!isContractProcedure(procedure)) throw new Error(`${name} is not a procedure`);
  const { route, inputSchema } = procedure['~orpc'];
  const schema = inputSchema instanceof z.ZodType ? inputSchema : undefined;
  const detailed = route.inputStructure === 'detailed';
  const shape: Readonly<Record<string, unknown>> = schema instanceof z.ZodObject ? schema.shape : {};
  const bodySchema = detailed ? shape['body'] : schema;
  return { name, method: route.method ?? 'POST', path: route.path ?? '', detailed, example: exampleOf(bodySchema) };
});
const withBody = entries.filter((entry) => entry.method === 'POST');
const keyed = withBody.filter((entry) => entry.detailed);

function exampleOf(schema: unknown): Record<string, unknown> {
  const examples = schema instanceof z.ZodType ? schema.meta()?.examples : undefined;
  return z.array(z.record(z.string(), z.unknown())).parse(examples ?? [{}])[0] ?? {};
}

let platform: Platform;
beforeAll(async () => {
  // The day of the examples.
  const now = new Date('2026-11-22T02:00:00Z');
  platform = await createPlatform({ clock: { now: () => now }, log: () => undefined });
});
afterAll(() => platform.close());

async function call(entry: (typeof entries)[number], body: string, key: string | undefined) {
  const response = await fetch(`${platform.url}${entry.path}`, {
    method: entry.method,
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    ...(entry.method !== 'GET' && { body }),
  });
  return {
    status: response.status,
    code: z.looseObject({ code: z.string().optional() }).parse(await response.json()).code,
  };
}
const key = (index: number) => `"019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}"`;

describe('every entry of the platform API', () => {
  it('was seen by these tests', () => {
    expect(entries.length).toBe(Object.keys(platformApi).length);
    expect(keyed.length).toBeGreaterThanOrEqual(3);
  });

  // In the order of the contract, so that the case is there before its rating and progress.
  it.each(entries.map((entry, index) => ({ ...entry, index })))(
    '$name is served with its own example',
    async (entry) => {
      expect(await call(entry, JSON.stringify(entry.example), key(entry.index))).toEqual({ status: 200 });
    },
  );

  it.each(withBody)('$name refuses bad input with 400', async (entry) => {
    const [field = ''] = Object.keys(entry.example);
    const { [field]: _left, ...missing } = entry.example;
    const bad = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      JSON.stringify({ ...entry.example, unknownField: 1 }),
      JSON.stringify(missing),
      ...Object.keys(entry.example).flatMap((name) => [
        JSON.stringify({ ...entry.example, [name]: null }),
        JSON.stringify({ ...entry.example, [name]: { wrong: true, nested: [[]] } }),
      ]),
    ];
    for (const body of bad)
      expect([body, await call(entry, body, key(99))]).toEqual([body, { status: 400, code: 'BAD_REQUEST' }]);
  });

  it.each(keyed)('$name refuses a missing or broken idempotency key with 400', async (entry) => {
    for (const wrong of [undefined, '', '""', '"no uuid"', `${key(1)}x`]) {
      expect(await call(entry, JSON.stringify(entry.example), wrong)).toEqual({ status: 400, code: 'BAD_REQUEST' });
    }
  });
});

describe('the examples of the contract', () => {
  it.each([caseSubmission, announcedPage, ratingSubmission])('fit their own schema', (schema) => {
    expect(schema.safeParse(exampleOf(schema)).success).toBe(true);
  });
});
