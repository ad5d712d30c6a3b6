import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  caseSubmission,
  deviceEventSubmission,
  platformApi,
  ratingSubmission,
  scanSubmission,
} from '../src/contract/platform-api.ts';
import { selfTestReport } from '../src/contract/self-test.ts';

/**
 * `npm run openapi` writes docs/openapi.json from the platform contract; with `--check` it only compares and exits with 1
 * when the file is not what the contract says.
 */

const openApiPath = join(import.meta.dirname, '../docs/openapi.json');

/** The text of docs/openapi.json as the contract wants it. */
export async function generateOpenApi(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(platformApi, {
    info: {
      title: 'Hall kiosk platform API',
      version: '1.0.0',
      description: 'What a kiosk sends to and asks of the central platform.',
    },
    commonSchemas: {
      CaseSubmission: { schema: caseSubmission },
      ScanSubmission: { schema: scanSubmission },
      RatingSubmission: { schema: ratingSubmission },
      DeviceEventSubmission: { schema: deviceEventSubmission },
      SelfTestReport: { schema: selfTestReport },
      UndefinedError: { error: 'UndefinedError' },
    },
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

if (import.meta.main) {
  const wanted = await generateOpenApi();
  if (process.argv.includes('--check')) {
    const present = await readFile(openApiPath, 'utf8').catch(() => '');
    if (present !== wanted) {
      console.error('docs/openapi.json is not what the contract says: run `npm run openapi`.');
      process.exitCode = 1;
    }
  } else {
    await writeFile(openApiPath, wanted);
    console.log(`written: ${openApiPath}`);
  }
}
