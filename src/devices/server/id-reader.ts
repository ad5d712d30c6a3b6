import type { CardPresence, ReadEvent } from '../../contract/device-api.ts';
import type { ReadFailure } from '../../contract/device-failures.ts';
import { describeBug } from '../../contract/technical.ts';
import type { Lease } from '../lease.ts';
import { ASK_LIMIT_MS, PHOTO_LIMIT_MS } from '../limits.ts';
import { stream } from '../stream.ts';
import { within } from '../within.ts';
import type { ServerDeps } from './serve.ts';

export function readCard(deps: ServerDeps, signal: AbortSignal): AsyncGenerator<ReadEvent, void, undefined> {
  const { supervisor, log } = deps;
  return stream(signal, async (emit, leave) => {
    // A page left a moment ago may still hold the reader: the newer one is in front of the person.
    const borrowed = await supervisor.borrow('id-reader', leave, 'take-over');
    if (!borrowed.ok) {
      if (borrowed.reason === 'busy') return;
      emit({ kind: 'failed', reason: borrowed.reason === 'faulty' ? 'reader-silent' : 'reader-absent' });
      return;
    }
    const lease = borrowed.value;
    let outcome: 'read' | ReadFailure | undefined;
    const fail = (reason: ReadFailure): void => {
      log('devices.use-failed', { device: lease.id, reason });
      outcome = reason;
      emit({ kind: 'failed', reason });
    };
    const ended = await lease.follow(
      (device, lost) => device.read(lost),
      (event) => {
        if (event.kind === 'failed') {
          fail(event.reason);
          return;
        }
        if (event.kind === 'read') outcome = 'read';
        emit(event);
      },
    );
    if (outcome === undefined && !lease.signal.aborted) {
      const broken = !ended.ok && (ended.reason === 'driver-crashed' || ended.reason === 'driver-stuck');
      fail(broken ? 'reader-silent' : 'reader-absent');
    }
    if (outcome === 'read' && ended.ok) await decodePhoto(deps, lease, emit);
    const isUnused = outcome === undefined || outcome === 'timed-out';
    await lease.release({
      use: outcome === 'read' ? 'ok' : isUnused ? 'unused' : 'failed',
      suspect: outcome === 'reader-silent',
    });
  });
}

/** A picture of the photo, where a decoder can make one; the card was read either way. */
async function decodePhoto(
  { photos, clock, log }: ServerDeps,
  lease: Lease<'id-reader'>,
  emit: (event: ReadEvent) => void,
): Promise<void> {
  const kept = photos && (await lease.ask((device) => Promise.resolve(device.photo()), ASK_LIMIT_MS));
  if (!photos || !kept?.ok || !kept.value) return;
  const late = new AbortController();
  try {
    const decoding = photos.decode(kept.value, AbortSignal.any([lease.signal, late.signal]));
    const decoded = await within(clock, PHOTO_LIMIT_MS, decoding);
    if (!decoded?.value || lease.signal.aborted) return;
    const { type, bytes } = decoded.value;
    emit({ kind: 'photo', type, image: Buffer.from(bytes).toString('base64') });
  } catch (error) {
    log('devices.photo-not-decoded', { device: lease.id, ...describeBug(error) });
  } finally {
    late.abort();
  }
}

export function watchCard(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
): AsyncGenerator<{ card: CardPresence }, void, undefined> {
  return stream(signal, async (emit, leave) => {
    const borrowed = await supervisor.borrow('id-reader', leave, 'take-over');
    if (!borrowed.ok) return;
    await borrowed.value.follow(
      (device, lost) => device.watchCard(lost),
      (card) => emit({ card }),
    );
    await borrowed.value.release({ use: 'aside' });
  });
}
