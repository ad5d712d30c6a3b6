// Checks that every module imports only what its room may see.

import { join } from 'node:path';

import { checkTree } from './layers/tree.ts';

const { counts, breaches } = checkTree(join(import.meta.dirname, '..'));
for (const [room, count] of counts) console.log(`${String(count).padStart(5)} ${room}`);
for (const { path, line, reason } of breaches) console.error(`${path}:${line}: ${reason}`);
console.log(breaches.length === 0 ? 'Every import is allowed.' : `${breaches.length} imports are not allowed.`);
process.exitCode = breaches.length === 0 ? 0 : 1;
