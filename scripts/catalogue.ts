// `npm run catalogue -- COMMAND …`: for those who make and check catalogues. A FILE is a folder of item files, or one pack.
//
//   lint FILE                  everything wrong with one region's catalogue
//   diff FILE OTHER            what changed from the first to the second
//   twins FILE                 items that differ between regions in one of the seven equal fields
//   fresh FILE [NOTICES] [--on DAY]   published changes that are not live in FILE, and those that are so for too long
//   pack FILE OUT              one file to publish; refuses what has no stamp of a secrecy review
//
// Exit code 0: nothing found. 1: findings. 2: cannot be read, or wrong arguments.

import { runCatalogueTool } from './catalogue/commands.ts';

const { text, code } = await runCatalogueTool(process.argv.slice(2), new Date());
(code === 0 ? console.log : console.error)(text);
process.exitCode = code;
