import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../src/contract/contract-version.ts';
import { generateOpenApi } from '../src/platform/openapi.ts';

/**
 * `npm run openapi` writes docs/openapi.json from the platform contract; with `--check` it only compares and exits with 1
 * when the file is not what the contract says. With `--freeze`, on a release, it also writes the copy by which later versions
 * are tested against this one.
 */

const openApiPath = join(import.meta.dirname, '../docs/openapi.json');
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
  if (process.argv.includes('--freeze')) {
    const frozen = join(import.meta.dirname, `../test/fixtures/contract-versions/${CONTRACT_VERSION}.json`);
    await writeFile(frozen, wanted);
    console.log(`written: ${frozen}`);
  }
}
