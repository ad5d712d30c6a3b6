import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { announcedPage, caseSubmission, platformApi, ratingSubmission } from '../../src/contract/platform-api.ts';
import { caseExample, pageExample } from '../../src/contract/platform-examples.ts';
import { IDENTITY_HEADER } from '../../src/contract/citizen-call.ts';
import {
  cancelExample,
  identityExample,
  purposeExample,
  sealedExample,
  slotExamples,
} from '../../src/contract/hall-examples.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { exampleItem, instantItem } from '../fixtures/example-item.ts';
import { kioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { uploadScan } from '../fixtures/upload-scan.ts';

/** What is derived from each entry of the contract: how to call it and an input that its schema takes. */
const entries = Object.entries(platformApi).map(([name, procedure]) => {
  if (!isContractProcedure(procedure)) throw new Error(`${name} is not a procedure`);
  const { route, inputSchema } = procedure['~orpc'];
  const schema = inputSchema instanceof z.ZodType ? inputSchema : undefined;
  const detailed = route.inputStructure === 'detailed';
  const shape = shapeOf(schema);
  const bodySchema = detailed ? shape['body'] : schema;
  const headers = Object.keys(shapeOf(shape['headers']));
  const wants = { key: headers.includes('idempotency-key'), identity: headers.includes(IDENTITY_HEADER) };
  return { name, method: route.method ?? 'POST', path: route.path ?? '', wants, example: exampleOf(bodySchema) };
});
const withBody = entries.filter((entry) => entry.method === 'POST');
const keyed = withBody.filter((entry) => entry.wants.key);

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function exampleOf(schema: unknown): Record<string, unknown> {
  const examples = schema instanceof z.ZodType ? schema.meta()?.examples : undefined;
  return z.array(z.record(z.string(), z.unknown())).parse(examples ?? [{}])[0] ?? {};
}

let platform: Platform;
/** Of the person of the examples. */
let identity: string;
beforeAll(async () => {
  // The day of the examples.
  const now = new Date('2026-11-22T02:00:00Z');
  platform = await createPlatform({ clock: { now: () => now }, log: () => undefined });
  ({ token: identity } = await kioskClient(platform.url).exchangeIdentity(identityExample));
  await plantExamples(officeClient(platform.url));
});
afterAll(() => platform.close());

/** What offices have there before the kiosks' examples make sense. */
async function plantExamples(office: ReturnType<typeof officeClient>): Promise<void> {
  const { content: certificate, seal } = sealedExample.certificate;
  const usableBy = [{ kind: 'person' as const, number: certificate.holder.number }];
  const { number, name } = seal;
  const officer = { office: certificate.issuer.creditCode, id: '1' };
  const body = { officer, certificate, seal: { number, name }, usableBy };
  await office.certificates.issue({ headers: { 'idempotency-key': key(90) }, body });
  const { hallCode } = caseExample;
  const slots = ['10:10', '10:20', '14:00'].map((time, index) => ({
    id: slotExamples[index] ?? key(91).slice(1, -1),
    place: '3 号窗口',
    startsAt: `2026-11-22T${time}:00+08:00`,
    endsAt: `2026-11-22T${time.slice(0, 2)}:59:00+08:00`,
    capacity: 1,
  }));
  await office.appointments.publishSlots({
    headers: { 'idempotency-key': key(92) },
    body: { officer, hallCode, slots },
  });
  await kioskClient(platform.url).bookAppointment({
    headers: { 'idempotency-key': key(93), [IDENTITY_HEADER]: identity },
    body: { ...cancelExample, slot: key(91).slice(1, -1), item: 'another' },
  });
}

async function call(entry: (typeof entries)[number], body: string, keyOfIt: string | undefined) {
  const response = await fetch(`${platform.url}${entry.path}`, {
    method: entry.method,
    headers: {
      'content-type': 'application/json',
      ...(keyOfIt !== undefined && { 'idempotency-key': keyOfIt }),
      ...(entry.wants.identity && { [IDENTITY_HEADER]: identity }),
    },
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

  /** What has to have happened before the example of a call makes sense. */
  const before: Readonly<Record<string, () => Promise<void>>> = {
    async supplyCase() {
      expect(await uploadScan(platform.url, pageExample)).toBe(201);
      const defects = [{ rule: 'office@1', on: ['phone'], what: '电话打不通' }];
      await officeClient(platform.url).cases.move({
        headers: { 'idempotency-key': key(98) },
        body: {
          officer: { office: caseExample.itemCode.slice(0, 18), id: '0007' },
          caseId: caseExample.id,
          move: { event: 'ask-supplement', defects },
        },
      });
      // From now on rules decide it, so that there is a decision for a person to look at.
      await platform.publishCatalogue('20261122', [instantItem]);
    },
    async checkMaterial() {
      const { item, material } = purposeExample.purpose;
      const materials = exampleItem.materials.map((one) => ({
        ...one,
        id: material,
        substitutes: ['network-check' as const],
      }));
      await platform.publishCatalogue('20261123', [{ ...exampleItem, code: item, materials }]);
    },
  };

  // In the order of the contract, so that the case is there before its rating and progress.
  it.each(entries.map((entry, index) => ({ ...entry, index })))(
    '$name is served with its own example',
    async (entry) => {
      await before[entry.name]?.();
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
