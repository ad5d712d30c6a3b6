import type {
  DocumentScanner,
  DriverContext,
  HttpLink,
  ProbeFailure,
  ScanEvent,
  ScanFailure,
  ScannedImage,
} from '../../src/devices/driver.ts';
import type { CallFailure } from '../../src/devices/service-calls.ts';
import { ServiceCalls } from '../../src/devices/service-calls.ts';
import type { ScannerCapabilities, ScanRequest } from '../../src/domain/document-scan.ts';
import { inspectPageImage, pageImageLimits } from '../../src/domain/page-image.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { MOST_FRAMES, QUICK_LIMIT_MS, REPLY_MOST_BYTES, STILL_LIMIT_MS } from './limits.ts';
import type { CameraProfile } from './profile.ts';
import {
  boundaryOf,
  closeRequest,
  isLoopback,
  MultipartReader,
  readStatus,
  statusRequest,
  streamRequest,
} from './protocol.ts';
import type { CameraState } from './protocol.ts';

const quick = { limitMs: QUICK_LIMIT_MS, mostBytes: REPLY_MOST_BYTES };
/** For what is seen through although nobody waits any more; bounded by its own limit. */
const unwatched = new AbortController().signal;

/** A document camera behind its manufacturer's service, which runs on this computer and is asked for a still. */
export class DocumentCamera implements DocumentScanner {
  readonly #profile: CameraProfile;
  readonly #calls: ServiceCalls;
  /** These services know no passwords: whoever reaches one sees the table. One of another computer is never asked. */
  readonly #isOurs: boolean;
  #running = new AbortController();
  #closed = false;
  /** The camera that is being closed. */
  #tidying: Promise<unknown> = Promise.resolve();

  constructor(profile: CameraProfile, context: DriverContext<HttpLink>) {
    this.#profile = profile;
    this.#calls = new ServiceCalls(context.link, context.clock);
    this.#isOurs = isLoopback(context.link.authority);
    context.link.onClose(() => {
      this.#closed = true;
      this.#running.abort();
    });
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    if (!this.#isOurs) return refused('wrong-device', 'not-loopback');
    const state = await this.#state(signal);
    if (state.ok) return state.value === 'missing' ? refused('no-answer', 'camera-missing') : done();
    return state.reason === 'not-understood' ? refused('wrong-device') : refused('no-answer', state.reason);
  }

  async capabilities(): Promise<Result<ScannerCapabilities, ScanFailure>> {
    const { resolution } = this.#profile;
    return done({ sources: ['platen'], colours: ['colour'], resolutions: [resolution], duplex: false });
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
    const until = AbortSignal.any([signal, this.#running.signal]);
    await this.#tidying;
    const still = await this.#prepared(request, until);
    if (until.aborted) return;
    if (!still.ok) {
      yield { kind: 'failed', reason: still.reason };
      return;
    }
    yield { kind: 'page', image: still.value };
    yield { kind: 'finished', pages: 1 };
  }

  async reset(): Promise<void> {
    this.#running.abort();
    await this.#tidying;
    if (!this.#closed) this.#running = new AbortController();
  }

  async #prepared(request: ScanRequest, until: AbortSignal): Promise<Result<ScannedImage, ScanFailure>> {
    if (!this.#isOurs) return refused('scanner-absent', 'not-loopback');
    const { source, colour, resolution, duplex } = request;
    const isTable = source === 'platen' && colour === 'colour' && !duplex;
    if (!isTable || resolution !== this.#profile.resolution) return refused('unsupported');
    const state = await this.#state(until);
    if (!state.ok) return refused(state.reason === 'not-understood' ? 'scanner-fault' : failureOf(state.reason));
    if (state.value === 'missing') return refused('scanner-absent', 'camera-missing');
    try {
      return await this.#still(until);
    } finally {
      // Also when nobody waits any more: its lamp stays on and it films whoever comes next.
      this.#tidying = this.#calls.call(closeRequest(this.#profile.camera), quick, unwatched);
    }
  }

  async #still(until: AbortSignal): Promise<Result<ScannedImage, ScanFailure>> {
    const frames = new Frames(this.#profile.framesToSettle);
    const request = streamRequest(this.#profile.camera);
    const heard = await this.#calls.stream(request, STILL_LIMIT_MS, until, (bytes, { status, headers }) => {
      const boundary = status === 200 ? boundaryOf(headers['content-type'] ?? '') : undefined;
      const step = boundary === undefined ? refused('scanner-fault') : frames.take(boundary, bytes);
      return step ? 'enough' : 'more';
    });
    frames.clear();
    // The stream may also have ended by itself, or have been no live picture at all.
    return heard.ok ? (frames.outcome ?? refused('scanner-fault')) : refused(failureOf(heard.reason));
  }

  async #state(signal: AbortSignal): Promise<Result<CameraState, CallFailure | 'not-understood'>> {
    const called = await this.#calls.call(statusRequest, quick, signal);
    if (!called.ok) return called.reason === 'too-long' ? refused('not-understood') : called;
    const { status, body } = called.value;
    const state = status === 200 ? readStatus(body, this.#profile.camera) : undefined;
    return state ? done(state) : refused('not-understood', `http-${status}`);
  }
}

const failureOf = (reason: CallFailure): ScanFailure => (reason === 'closed' ? 'scanner-absent' : 'timed-out');

type Outcome = Result<ScannedImage, ScanFailure>;

/** Looks for the first good frame once the camera has settled. */
class Frames {
  #reader: MultipartReader | undefined;
  #toSettle: number;
  #bad = 0;
  outcome: Outcome | undefined;

  constructor(toSettle: number) {
    this.#toSettle = toSettle;
  }

  take(boundary: string, bytes: Uint8Array): Outcome | undefined {
    this.#reader ??= new MultipartReader(boundary, pageImageLimits.bytes);
    const { parts, problem } = this.#reader.push(bytes);
    bytes.fill(0);
    for (const part of parts) {
      if (!this.outcome && this.#toSettle === 0) this.outcome = this.#judge(part);
      else part.fill(0);
      this.#toSettle = Math.max(0, this.#toSettle - 1);
    }
    if (problem) this.outcome ??= refused(problem === 'part-too-long' ? 'page-too-large' : 'scanner-fault', problem);
    return this.outcome;
  }

  clear(): void {
    this.#reader?.clear();
  }

  /** A broken frame is a bad moment, not a bad camera; a page too large stays too large. */
  #judge(part: Uint8Array): Outcome | undefined {
    const page = inspectPageImage(part);
    if (page.ok) return done({ type: page.value.type, bytes: part.subarray(0, page.value.length) });
    if (page.reason === 'too-many-pixels') return refused('page-too-large', page.reason);
    this.#bad += 1;
    return this.#bad < MOST_FRAMES ? undefined : refused('scanner-fault', page.reason);
  }
}
