import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../src/contract/contract-version.ts';
import { generateOfficeOpenApi, generateOpenApi } from '../src/platform/openapi.ts';

/**
 * `npm run openapi` writes docs/openapi.json and docs/office-openapi.json from the platform's two contracts; with `--check` it
 * only compares and exits with 1 when a file is not what its contract says. With `--freeze`, on a release, it also writes the
 * copy by which later versions are tested against this one.
 */

const openApi = await generateOpenApi();
const files = [
  ['docs/openapi.json', openApi],
  ['docs/office-openapi.json', await generateOfficeOpenApi()],
  ...(process.argv.includes('--freeze')
    ? ([[`test/fixtures/contract-versions/${CONTRACT_VERSION}.json`, openApi]] as const)
    : []),
] as const;
for (const [name, wanted] of files) {
  const path = join(import.meta.dirname, '..', name);
  if (!process.argv.includes('--check')) {
    await writeFile(path, wanted);
    console.log(`written: ${path}`);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== wanted) {
    console.error(`${name} is not what the contract says: run \`npm run openapi\`.`);
    process.exitCode = 1;
  }
}
