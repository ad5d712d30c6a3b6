// `npm run messages`: every text is there in every language, can be read, and asks for the same values.

import { join } from 'node:path';

import { checkMessages } from './checks/message-catalogues.ts';

const { keys, problems } = checkMessages(join(import.meta.dirname, '..'));
for (const problem of problems) console.error(problem);
if (keys === 0) console.error('No message was found under resources/messages.');
console.log(`${keys} messages, ${problems.length} problems.`);
process.exitCode = keys > 0 && problems.length === 0 ? 0 : 1;
