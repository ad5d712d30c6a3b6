import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateOpenApi } from '../../src/platform/openapi.ts';
import { OFFICE_PATH } from '../../src/contract/office/office-api.ts';
import { platformApi } from '../../src/contract/platform-api.ts';
import { caseExample, ratingExample } from '../../src/contract/platform-examples.ts';
import { createPlatform } from '../../src/platform/server.ts';

const committed = await readFile(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8');

describe('docs/openapi.json', () => {
  it('[P-27] is what the contract generates, with every call and an example of each record', async () => {
    expect(committed).toBe(await generateOpenApi());
    const document = z
      .object({
        paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
        components: z.object({
          schemas: z.record(z.string(), z.object({ examples: z.array(z.unknown()).optional() })),
        }),
      })
      .parse(JSON.parse(committed));
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(new Set(operations.map(({ operationId }) => operationId))).toEqual(new Set(Object.keys(platformApi)));
    for (const name of ['CaseSubmission', 'AnnouncedPage', 'RatingSubmission']) {
      expect(document.components.schemas[name]?.examples).toHaveLength(1);
    }
  });
});

const jsonContent = z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) });
const servedDocument = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), jsonContent) }))),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

describe('/openapi.json of a running platform', () => {
  it('is the committed file, and every kind of answer is as it says', async () => {
    const platform = await createPlatform({ clock: { now: () => new Date() }, log: () => undefined });
    try {
      const served = await (await fetch(`${platform.url}/openapi.json`)).text();
      expect(served).toBe(committed);
      const { paths, components } = servedDocument.parse(JSON.parse(served));
      /** Of one answer, as a validator that knows only the file. */
      const schemaOf = (path: string, method: string, status: number) => {
        const schema = paths[path]?.[method]?.responses[status]?.content['application/json'].schema;
        const whole = { ...z.record(z.string(), z.unknown()).parse(schema), $defs: components.schemas };
        const local: unknown = JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'));
        return z.fromJSONSchema(z.record(z.string(), z.unknown()).parse(local));
      };
      const key = (index: number) => `"019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}"`;
      const { id: _id, ...withoutId } = caseExample;
      const calls = [
        ['get', '/health', 200, undefined],
        ['post', '/token', 200, { kioskId: 'KSK1' }],
        ['post', '/ratings', 404, ratingExample],
        ['post', '/cases', 400, withoutId],
        ['post', '/cases', 200, caseExample],
        ['post', '/cases', 400, { ...caseExample, itemVersion: 2 }],
        ['post', '/ratings', 200, ratingExample],
        ['post', '/progress', 200, { number: caseExample.provisionalNumber }],
        ['post', '/progress', 404, { number: 'YS-0' }],
      ] as const;
      for (const [index, [method, path, status, body]] of calls.entries()) {
        const response = await fetch(`${platform.url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', 'idempotency-key': key(index) },
          ...(body && { body: JSON.stringify(body) }),
        });
        const answer: unknown = await response.json();
        expect([path, response.status]).toEqual([path, status]);
        expect([path, schemaOf(path, method, status).safeParse(answer)]).toMatchObject([path, { success: true }]);
      }
      const office = await readFile(join(import.meta.dirname, '../../docs/office-openapi.json'), 'utf8');
      expect(await (await fetch(`${platform.url}${OFFICE_PATH}/openapi.json`)).text()).toBe(office);
      expect(schemaOf('/cases', 'post', 200).safeParse({ officialNumber: '1' }).success).toBe(false);
    } finally {
      await platform.close();
    }
  });
});
