import type { DeviceClass } from '../../contract/device-classes.ts';
import { Changes } from '../changes.ts';
import type { DeviceByClass } from '../driver.ts';
import type { Lease } from '../lease.ts';
import type { BorrowFailure } from '../managed-device.ts';
import { stream } from '../stream.ts';
import type { ServerDeps } from './serve.ts';

export interface Watched<C extends DeviceClass, T, E> {
  readonly kind: C;
  readonly open: (device: DeviceByClass[C], leave: AbortSignal) => AsyncIterable<T>;
  /** Nothing for a value that is not passed on. */
  readonly convert: (value: T, device: string) => E | undefined;
  /** The device is borrowed, and given back when called with nothing. */
  readonly onLease?: (lease: Lease<C> | undefined) => void;
  /** It cannot be borrowed now; tried again when something changes. */
  readonly onRefused?: (reason: BorrowFailure) => void;
}

/**
 * What a device sees until the caller leaves or a newer one takes it over: over unplugging and plugging in again, silent
 * while there is none.
 */
export function watch<C extends DeviceClass, T, E>(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
  { kind, open, convert, onLease, onRefused }: Watched<C, T, E>,
): AsyncGenerator<E, void, undefined> {
  return stream(signal, async (emit, leave) => {
    const changes = new Changes((listener) => supervisor.onChange(listener), leave);
    while (!leave.aborted) {
      const borrowed = await supervisor.borrow(kind, leave, 'take-over');
      if (borrowed.ok) {
        const lease = borrowed.value;
        onLease?.(lease);
        let seen = false;
        const ended = await lease.follow(open, (value) => {
          const event = convert(value, lease.id);
          if (event === undefined) return;
          seen = true;
          emit(event);
        });
        onLease?.(undefined);
        const cut = !lease.signal.aborted && !ended.ok;
        await lease.release({ use: seen ? 'ok' : cut ? 'failed' : 'unused' });
        if (lease.signal.aborted) break;
      } else if (borrowed.reason === 'busy') {
        // Taken over by a newer page, whose watch goes on.
        break;
      } else {
        onRefused?.(borrowed.reason);
      }
      await changes.next();
    }
    changes.stop();
  });
}
