import type { DeviceClass } from '../../contract/device-classes.ts';
import type { Result } from '../../domain/result.ts';
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
  /** The device is asked for; called with nothing once it is given back, or nobody watches any more. */
  readonly onBorrow?: (borrowing: Borrowing<C> | undefined) => void;
}

export type Borrowing<C extends DeviceClass> = Promise<Result<Lease<C>, BorrowFailure>>;

/**
 * What a device sees until the caller leaves or a newer one takes it over: over unplugging and plugging in again, silent
 * while there is none.
 */
export function watch<C extends DeviceClass, T, E>(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
  { kind, open, convert, onBorrow }: Watched<C, T, E>,
): AsyncGenerator<E, void, undefined> {
  return stream(signal, async (emit, leave) => {
    const changes = new Changes((listener) => supervisor.onChange(listener), leave);
    while (!leave.aborted) {
      const borrowing = supervisor.borrow(kind, leave, 'take-over');
      onBorrow?.(borrowing);
      const borrowed = await borrowing;
      if (borrowed.ok) {
        const lease = borrowed.value;
        let seen = false;
        const ended = await lease.follow(open, (value) => {
          const event = convert(value, lease.id);
          if (event === undefined) return;
          seen = true;
          emit(event);
        });
        onBorrow?.(undefined);
        const cut = !lease.signal.aborted && !ended.ok;
        await lease.release({ use: seen ? 'ok' : cut ? 'failed' : 'unused' });
        if (lease.signal.aborted) break;
      } else if (borrowed.reason === 'busy') {
        // Taken over by a newer page, whose watch goes on.
        break;
      }
      await changes.next();
    }
    onBorrow?.(undefined);
    changes.stop();
  });
}
