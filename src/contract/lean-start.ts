import { config } from 'zod';

/*
 * Loaded first by each of our Node processes, for what would otherwise be spent before the first answer.
 *
 * For every message the RPC library asks whether it is a `FormData`, and Node, asked for that class, loads its whole HTTP
 * client: a tenth of a second. Nothing here sends forms, so an empty class, of which nothing is an instance, answers.
 */
Object.defineProperty(globalThis, 'FormData', { value: class FormData {}, configurable: true, writable: true });

/* Compiling a parser for a schema pays after hundreds of values; most of ours see a handful. */
config({ jitless: true });
