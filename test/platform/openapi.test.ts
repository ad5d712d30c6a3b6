import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateOpenApi } from '../../scripts/openapi.ts';
import { platformApi } from '../../src/contract/platform-api.ts';

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
    for (const name of ['CaseSubmission', 'ScanSubmission', 'RatingSubmission']) {
      expect(document.components.schemas[name]?.examples).toHaveLength(1);
    }
  });
});
