import type { ReadEvent } from '../../contract/device-api.ts';
import type { ReadFailure } from '../../contract/device-failures.ts';
import { stream } from '../stream.ts';
import type { ServerDeps } from './serve.ts';

export function readCard(
  { supervisor, log }: ServerDeps,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent, void, undefined> {
  return stream(signal, async (emit, leave) => {
    // A page left a moment ago may still hold the reader: the newer one is in front of the person.
    const borrowed = await supervisor.borrow('id-reader', leave, 'take-over');
    if (!borrowed.ok) {
      if (borrowed.reason === 'busy') return;
      emit({ kind: 'failed', reason: borrowed.reason === 'faulty' ? 'reader-silent' : 'reader-absent' });
      return;
    }
    const lease = borrowed.value;
    const { id } = lease;
    const fail = (reason: ReadFailure): ReadEvent => {
      log('devices.use-failed', { device: id, reason });
      return { kind: 'failed', reason };
    };
    let last: ReadEvent | undefined;
    const read = await lease.follow(
      (device, lost) => device.read(lost),
      (event) => {
        last = event.kind === 'failed' ? fail(event.reason) : event;
        emit(last);
      },
    );
    if (last?.kind !== 'read' && last?.kind !== 'failed' && !lease.signal.aborted) {
      const broken = !read.ok && (read.reason === 'driver-crashed' || read.reason === 'driver-stuck');
      last = fail(broken ? 'reader-silent' : 'reader-absent');
      emit(last);
    }
    await lease.release({
      use: last?.kind === 'read' ? 'ok' : last?.kind === 'failed' && last.reason !== 'timed-out' ? 'failed' : 'unused',
      suspect: last?.kind === 'failed' && last.reason === 'reader-silent',
    });
  });
}
