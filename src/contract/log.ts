import type { EventFields, EventName, LogLevel } from './log-events.ts';
import { findEvent } from './log-events.ts';

/** The methods of a pino logger that are used. */
export type PinoLike = Readonly<Record<LogLevel, (fields: Readonly<Record<string, unknown>>) => void>>;

/** Writes one event of the catalogue. The only way into the log: there is no free text. */
export type EventLog = <N extends EventName>(event: N, fields: EventFields<N>) => void;

/**
 * Ties a pino logger to the event catalogue. A field that the catalogue does not know, or whose value does not fit, could
 * be personal data: with `strict` (development, tests) it throws; without (in service) it is left out and only its name
 * is noted.
 */
export function createEventLog(pino: PinoLike, options: { readonly strict: boolean }): EventLog {
  return (event, fields) => {
    const { level, schema } = findEvent(event);
    const parsed = schema.safeParse(fields);
    if (parsed.success) {
      pino[level]({ event, ...parsed.data });
      return;
    }
    // Only names of fields, never the issue's own text: that may quote the value.
    const refused = new Set(
      parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')],
      ),
    );
    if (options.strict) throw new Error(`log event ${event}: refused fields ${[...refused].join(', ')}`);
    const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.has(name)));
    pino[level]({ event, ...kept, refused: [...refused] });
  };
}
