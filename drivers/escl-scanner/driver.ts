import type {
  DocumentScanner,
  DriverContext,
  HttpLink,
  HttpRequest,
  ProbeFailure,
  ScanEvent,
  ScanFailure,
  ScannedImage,
} from '../../src/devices/driver.ts';
import type { CallFailure, ServiceAnswer } from '../../src/devices/service-calls.ts';
import { ServiceCalls } from '../../src/devices/service-calls.ts';
import type { ScannerCapabilities, ScanRequest } from '../../src/domain/document-scan.ts';
import { inspectPageImage, pageImageLimits } from '../../src/domain/page-image.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import {
  MOST_PAGES,
  PAGE_LIMIT_MS,
  PAGE_PAUSE_MOST_MS,
  QUICK_LIMIT_MS,
  RETRY_PAUSE_MS,
  START_LIMIT_MS,
  XML_MOST_BYTES,
} from './limits.ts';
import type { EsclProfile } from './profile.ts';
import type { EsclCapabilities, ScannerStatus, ScanSettings } from './protocol.ts';
import {
  nextDocument,
  offerOf,
  readCapabilities,
  readLocation,
  readStatus,
  resources,
  settingsFor,
  writeSettings,
} from './protocol.ts';
import { feederTrouble, verdictOnPage, verdictOnStart } from './verdicts.ts';
import type { Setback } from './verdicts.ts';
import { loadXml } from './xml.ts';

const quick = { limitMs: QUICK_LIMIT_MS, mostBytes: XML_MOST_BYTES };
const starting = { limitMs: START_LIMIT_MS, mostBytes: XML_MOST_BYTES };
const paging = { limitMs: PAGE_LIMIT_MS, mostBytes: pageImageLimits.bytes };
/** For what is seen through although nobody waits any more; bounded by its own limit. */
const unwatched = new AbortController().signal;

type Called = Result<ServiceAnswer, CallFailure>;
type Step<T> = Result<T, ScanFailure | 'aborted'>;

/** A scanner or multi-function device that is asked by eSCL. */
export class EsclScanner implements DocumentScanner {
  readonly #profile: EsclProfile;
  readonly #context: DriverContext<HttpLink>;
  readonly #calls: ServiceCalls;
  readonly #resources: ReturnType<typeof resources>;
  readonly #xml = loadXml();
  #capabilities: EsclCapabilities | undefined;
  #running = new AbortController();
  #closed = false;
  /** A job that is being given up at the device. */
  #tidying: Promise<unknown> = Promise.resolve();

  constructor(profile: EsclProfile, context: DriverContext<HttpLink>) {
    this.#profile = profile;
    this.#context = context;
    this.#calls = new ServiceCalls(context.link, context.clock);
    this.#resources = resources(profile.root);
    context.link.onClose(() => {
      this.#closed = true;
      this.#running.abort();
    });
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    const called = await this.#call({ method: 'GET', path: this.#resources.status }, quick, signal);
    if (!called.ok) {
      // Another device may answer at this address the next time.
      this.#capabilities = undefined;
      return called.reason === 'too-long' ? refused('wrong-device') : refused('no-answer', called.reason);
    }
    if (called.value.status === 503) return refused('busy');
    const status = await this.#statusIn(called);
    if (!status) return refused('wrong-device', `http-${called.value.status}`);
    if (status.state !== 'stopped') return done();
    return status.feeder === 'cover-open' ? refused('cover-open') : refused('self-test-failed', status.feeder);
  }

  async capabilities(signal: AbortSignal): Promise<Result<ScannerCapabilities, ScanFailure>> {
    const found = await this.#readCapabilities(signal);
    if (!found.ok) return found.reason === 'aborted' ? refused('timed-out') : refused(found.reason);
    const offer = offerOf(found.value);
    return offer ? done(offer) : refused('unsupported');
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
    const until = AbortSignal.any([signal, this.#running.signal]);
    await this.#tidying;
    const job = await this.#prepare(request, until);
    if (!job.ok) {
      if (job.reason !== 'aborted') yield { kind: 'failed', reason: job.reason };
      return;
    }
    let isOver = false;
    try {
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const began = this.#context.clock.now().getTime();
        const next = await this.#nextPage(job.value, request.source, pages, until);
        if (!next.ok) {
          if (next.reason !== 'aborted') yield { kind: 'failed', reason: next.reason };
          return;
        }
        const took = this.#context.clock.now().getTime() - began;
        if (next.value) yield { kind: 'page', image: next.value };
        if (!next.value || request.source === 'platen') {
          isOver = true;
          yield { kind: 'finished', pages: next.value ? pages + 1 : pages };
          return;
        }
        if (!(await this.#pause(Math.min(PAGE_PAUSE_MOST_MS, took * this.#profile.pauseBetweenPages), until))) return;
      }
      yield { kind: 'failed', reason: 'scanner-fault' };
    } finally {
      // Also when nobody takes the next page: a job left alone blocks the scanner for everybody.
      if (!isOver || this.#profile.deletesFinishedJob) void this.#giveUp(job.value);
    }
  }

  async reset(): Promise<void> {
    this.#running.abort();
    await this.#tidying;
    if (!this.#closed) this.#running = new AbortController();
  }

  /** Up to the job that is started: its path. */
  async #prepare(request: ScanRequest, until: AbortSignal): Promise<Step<string>> {
    const found = await this.#readCapabilities(until);
    if (!found.ok) return found;
    const settings = settingsFor(found.value, request);
    if (!settings) return refused('unsupported');
    if (this.#profile.feederStateFirst && request.source === 'feeder') {
      const status = await this.#status(until);
      if (until.aborted) return refused('aborted');
      const trouble = feederTrouble({ source: 'feeder', status });
      if (trouble) return refused(trouble);
      if (status?.feeder === 'empty') return refused('feeder-empty');
    }
    return this.#start(settings, until);
  }

  async #start(settings: ScanSettings, until: AbortSignal): Promise<Step<string>> {
    const body = writeSettings(settings);
    const headers = { 'content-type': 'text/xml' };
    for (let tries = 1; ; tries += 1) {
      const posting = this.#call({ method: 'POST', path: this.#resources.jobs, headers, body }, starting, unwatched);
      const called = await orAborted(posting, until);
      if (called === undefined) {
        // The scanner may be making the job just now, and only its answer says which one is to be given up.
        this.#tidying = posting.then((late) => this.#giveUp(this.#jobIn(late)));
        return refused('aborted');
      }
      const job = this.#jobIn(called);
      if (job !== undefined) return done(job);
      const setback = await this.#setback(called, settings.source, tries < this.#profile.startTries, until);
      if (!setback) return refused('aborted');
      const verdict = verdictOnStart(setback);
      if (verdict !== 'again') return refused(verdict);
      if (!(await this.#pause(RETRY_PAUSE_MS, until))) return refused('aborted');
    }
  }

  #jobIn(called: Called): string | undefined {
    if (!called.ok || called.value.status !== 201) return undefined;
    return readLocation(called.value.headers['location'] ?? '', this.#profile.root);
  }

  /** Done without a value: there is no further page. */
  async #nextPage(
    job: string,
    source: ScanRequest['source'],
    pages: number,
    until: AbortSignal,
  ): Promise<Step<ScannedImage | undefined>> {
    for (let tries = 1; ; tries += 1) {
      const called = await this.#call({ method: 'GET', path: nextDocument(job) }, paging, until);
      if (called.ok && called.value.status === 200) return pageIn(called.value.body);
      const setback = await this.#setback(called, source, tries < this.#profile.pageTries, until);
      if (!setback) return refused('aborted');
      const verdict = verdictOnPage(setback, pages, this.#profile);
      if (verdict === 'end') return done(undefined);
      if (verdict !== 'again') return refused(verdict);
      if (!(await this.#pause(RETRY_PAUSE_MS, until))) return refused('aborted');
    }
  }

  /** Looks how the scanner is after a request went wrong; undefined when the caller gave up. */
  async #setback(
    called: Called,
    source: ScanRequest['source'],
    mayTryAgain: boolean,
    until: AbortSignal,
  ): Promise<Setback | undefined> {
    const answer = called.ok ? called.value.status : called.reason;
    if (answer === 'aborted') return undefined;
    const status = await this.#status(until);
    return until.aborted ? undefined : { answer, status, source, mayTryAgain };
  }

  async #status(signal: AbortSignal): Promise<ScannerStatus | undefined> {
    return this.#statusIn(await this.#call({ method: 'GET', path: this.#resources.status }, quick, signal));
  }

  async #statusIn(called: Called): Promise<ScannerStatus | undefined> {
    if (!called.ok || called.value.status !== 200) return undefined;
    const root = (await this.#xml)(called.value.body);
    return root && readStatus(root);
  }

  async #readCapabilities(signal: AbortSignal): Promise<Step<EsclCapabilities>> {
    if (this.#capabilities) return done(this.#capabilities);
    const called = await this.#call({ method: 'GET', path: this.#resources.capabilities }, quick, signal);
    if (!called.ok) {
      if (called.reason === 'aborted') return refused('aborted');
      if (called.reason === 'too-long') return refused('scanner-fault');
      return refused(called.reason === 'late' ? 'timed-out' : 'scanner-absent');
    }
    if (called.value.status === 503) return refused('busy');
    const root = called.value.status === 200 ? (await this.#xml)(called.value.body) : undefined;
    this.#capabilities = root && readCapabilities(root);
    return this.#capabilities ? done(this.#capabilities) : refused('scanner-fault', `http-${called.value.status}`);
  }

  /** Tells the device to forget a job, whoever still waits; the next job and `reset` wait for it. */
  #giveUp(job: string | undefined): Promise<unknown> {
    if (job === undefined) return Promise.resolve();
    this.#tidying = this.#call({ method: 'DELETE', path: job }, quick, unwatched);
    return this.#tidying;
  }

  /** False when the caller gave up meanwhile. */
  async #pause(milliseconds: number, until: AbortSignal): Promise<boolean> {
    return this.#context.clock.delay(milliseconds, until).then(
      () => true,
      () => false,
    );
  }

  #call(request: HttpRequest, bounds: typeof quick, signal: AbortSignal): Promise<Called> {
    const { host } = this.#profile;
    const name = host === 'localhost' ? 'localhost' : this.#context.link.authority;
    const headers = host === 'as-it-is' ? request.headers : { ...request.headers, host: name };
    return this.#calls.call(headers ? { ...request, headers } : request, bounds, signal);
  }
}

/** A page is a picture by its own bytes; what is cut short, or no picture, is a fault that the next try may not have. */
function pageIn(body: Uint8Array): Step<ScannedImage> {
  const page = inspectPageImage(body);
  if (page.ok) return done({ type: page.value.type, bytes: body.subarray(0, page.value.length) });
  const isTooLarge = page.reason === 'too-many-bytes' || page.reason === 'too-many-pixels';
  return refused(isTooLarge ? 'page-too-large' : 'scanner-fault', page.reason);
}

/** Undefined as soon as the signal is aborted, though the work goes on. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => resolve(undefined);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
