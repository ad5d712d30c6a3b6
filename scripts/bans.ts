// Words that must not appear in the product, its scripts or its settings.

import { join } from 'node:path';

import { findBanned } from './checks/banned.ts';

const { files, findings } = findBanned(join(import.meta.dirname, '..'));
for (const { path, line, reason } of findings) console.error(`${path}:${line}: ${reason}`);
if (files === 0) console.error('No file was looked at.');
console.log(`${files} files, ${findings.length} forbidden uses.`);
process.exitCode = files > 0 && findings.length === 0 ? 0 : 1;
