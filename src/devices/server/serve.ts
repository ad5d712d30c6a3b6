import type { EventLog } from '../../contract/log.ts';
import type { Clock } from '../../contract/clock.ts';
import type { PhotoDecoder } from '../photo-decoder.ts';
import type { LineTaps } from '../diagnosis/line-taps.ts';
import type { PortView } from '../../contract/diagnosis.ts';
import type { Supervisor } from '../supervisor.ts';

export interface ServerDeps {
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Without them a diagnosis has no bytes to show. */
  readonly taps?: LineTaps;
  /** The ports of this computer; none where nobody looks for them. */
  readonly ports?: () => Promise<PortView[]>;
  /** Without one, photos stay where they are. */
  readonly photos?: PhotoDecoder;
  /** An error that is a bug of ours: what follows it cannot be trusted. Those of drivers end with the driver. */
  readonly onBug: (error: unknown) => void;
}

/** A stream as a call is answered with it: bugs in it come after the call was answered, where nothing else sees them. */
export async function* served<T>(
  events: AsyncGenerator<T, void, undefined>,
  { onBug }: ServerDeps,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    onBug(error);
    throw error;
  }
}

/** The answer to a call that has one. */
export async function answered<T>(answer: Promise<T>, { onBug }: ServerDeps): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    onBug(error);
    throw error;
  }
}

export function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
