import { config } from 'zod';

/*
 * Loaded first by each of our Node processes, for what would otherwise be spent before the first answer.
 *
 * For every message the RPC library asks whether it is a `FormData`, and Node, asked for that class, loads its whole HTTP
 * client: a tenth of a second. Nothing here sends forms, so an empty one, of which nothing is an instance, answers.
 */
function FormData(): void {
  throw new TypeError('there are no forms here');
}
Object.defineProperty(globalThis, 'FormData', { value: FormData, configurable: true, writable: true });

/* Compiling a parser for a schema pays after hundreds of values; most of ours see a handful. */
config({ jitless: true });
