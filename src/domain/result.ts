/**
 * The outcome of something that may fail for a reason known in advance. Bugs are thrown, expected failures are returned.
 * `reason` is a member of a closed union, so that callers can be checked for handling each one.
 */
export type Result<T, R extends string = string> = Done<T> | Refused<R>;

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

/** `detail` is for the maintainer's log: a technical hint without personal data. */
export interface Refused<R extends string> {
  readonly ok: false;
  readonly reason: R;
  readonly detail?: string;
}

export function done(): Done<undefined>;
export function done<T>(value: T): Done<T>;
export function done<T>(value?: T): Done<T | undefined> {
  return { ok: true, value };
}

export function refused<R extends string>(reason: R, detail?: string): Refused<R> {
  return detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
}

/** For the default branch of a switch over a union: does not compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
