import { ORPCError } from '@orpc/client';
import { implement } from '@orpc/server';
import { coreApi } from '../../contract/core-api.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import type { Visit } from '../session/visits.ts';

/** Unexpected errors end the process: what follows one cannot be trusted. Named errors and refused inputs pass. */
export function createBase({ deps }: CoreRoom) {
  const judge = (error: unknown, path: readonly string[], signal: AbortSignal | undefined) => {
    if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
      if (error.code === 'BAD_REQUEST') deps.log('core.bad-request', { call: path.join('.') });
    } else if (!signal?.aborted) {
      deps.onBug(error instanceof ORPCError ? (error.cause ?? error) : error);
    }
  };
  return implement(coreApi).use(async ({ next, path, signal }) => {
    try {
      return await next();
    } catch (error) {
      judge(error, path, signal);
      throw error;
    }
  });
}
export type Base = ReturnType<typeof createBase>;

type Thrower<E extends string> = Readonly<Record<E, () => Error>>;

export function inService(room: CoreRoom, errors: Thrower<'NOT_IN_SERVICE'>): Service {
  if (!room.service) throw errors.NOT_IN_SERVICE();
  return room.service;
}

export function openVisit(
  room: CoreRoom,
  errors: Thrower<'NOT_IN_SERVICE' | 'SESSION_NEEDED'>,
): { service: Service; visit: Visit } {
  const service = inService(room, errors);
  const visit = service.visits.current;
  if (!visit) throw errors.SESSION_NEEDED();
  return { service, visit };
}

/** What an earlier step should have left. */
export function fromEarlier<T>(value: T | undefined, errors: Thrower<'WRONG_STEP'>): T {
  if (value === undefined) throw errors.WRONG_STEP();
  return value;
}

/** A stream of a visit ends with the visit as well as with its listener. */
export function streamSignal(visit: Visit, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([visit.ended, signal]) : visit.ended;
}

export function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}

/** Bugs inside a stream come after the call was answered, where no middleware sees them. */
export async function* watched<T>(room: CoreRoom, stream: AsyncGenerator<T, void, undefined>) {
  try {
    yield* stream;
  } catch (error) {
    room.deps.onBug(error);
    throw error;
  }
}
