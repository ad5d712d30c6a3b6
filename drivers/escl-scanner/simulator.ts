import { z } from 'zod';
import type { HttpRequest, HttpResponse, HttpSimulator, ServiceSimulatorContext } from '../../src/devices/driver.ts';
import { LinkClosed } from '../../src/devices/driver.ts';
import { samplePage } from '../../src/domain/sample-page.ts';
import { SIMULATED_DRIP_MS, SIMULATED_HASTE_MS, SIMULATED_JOB_MS, SIMULATED_PAGE_MS } from './limits.ts';
import type { EsclProfile } from './profile.ts';
import type { EsclCapabilities, ScannerStatus, ScanSettings } from './protocol.ts';
import { nextDocument, readSettings, resources, writeCapabilities, writeStatus } from './protocol.ts';
import { loadXml } from './xml.ts';

const places = ['capabilities', 'status', 'start', 'page', 'cancel'] as const;
const faults = [
  'silent',
  'disconnect',
  'html',
  'endless',
  'drip',
  'truncated',
  'bomb',
  'no-location',
  'broken-location',
  'hasty',
  'http-404',
  'http-410',
  'http-500',
  'http-503',
] as const;

export const action = z.union([
  z.strictObject({
    feeder: z
      .int()
      .min(0)
      .max(50)
      .meta({ examples: [0, 1, 3] }),
  }),
  z.strictObject({ cover: z.enum(['closed', 'open']).meta({ default: 'closed' }) }),
  z.strictObject({ jam: z.boolean().meta({ default: false }) }),
  z.strictObject({ state: z.enum(['idle', 'testing', 'stopped']).meta({ default: 'idle' }) }),
  /** Without `at` it hits every request; without `times` until `none`. */
  z.strictObject({ fault: z.enum(faults), at: z.enum(places).optional(), times: z.int().positive().optional() }),
  z.strictObject({ fault: z.literal('none').meta({ default: 'none' }) }),
]);

type Place = (typeof places)[number];
interface Fault {
  readonly kind: (typeof faults)[number];
  readonly at: Place | undefined;
  left: number;
}
interface Job {
  readonly path: string;
  readonly settings: ScanSettings;
  pages: number;
  /** Begun with nothing in the feeder by a model that does not look. */
  readonly barren: boolean;
  /** Asked for the present page before. */
  asked: boolean;
}

const flatbed = {
  width: 2_550,
  height: 3_508,
  colours: ['colour', 'grey'],
  formats: ['image/jpeg'],
  formatExt: true,
  resolutions: [75, 100, 200, 300, 600],
  documentIntent: true,
} as const;
const capabilities: EsclCapabilities = {
  platen: flatbed,
  feeder: { ...flatbed, height: 4_200, resolutions: [75, 200, 300] },
  duplexFeeder: { ...flatbed, height: 4_200, resolutions: [75, 200, 300] },
  compression: 25,
};

/** A multi-function device with a glass, and a feeder for both sides. It has the quirks that its profile is made for. */
export class SimulatedScanner implements HttpSimulator {
  readonly #profile: EsclProfile;
  readonly #context: ServiceSimulatorContext;
  readonly #paths: ReturnType<typeof resources>;
  readonly #xml = loadXml();
  readonly #stopped = Promise.withResolvers<never>();
  #sheets = 0;
  #cover: 'open' | 'closed' = 'closed';
  #jam = false;
  #state: 'idle' | 'testing' | 'stopped' = 'idle';
  #job: Job | undefined;
  #jobs = 0;
  #lastPageAt = 0;
  #askedAt = 0;
  #faults: Fault[] = [];

  constructor(profile: EsclProfile, context: ServiceSimulatorContext) {
    this.#profile = profile;
    this.#context = context;
    this.#paths = resources(profile.root);
    // Nobody may be waiting when it stops.
    this.#stopped.promise.catch(() => undefined);
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('feeder' in wanted) this.#sheets = wanted.feeder;
    else if ('cover' in wanted) this.#cover = wanted.cover;
    else if ('jam' in wanted) this.#jam = wanted.jam;
    else if ('state' in wanted) this.#state = wanted.state;
    else if (wanted.fault === 'none') this.#faults = [];
    else this.#faults.push({ kind: wanted.fault, at: wanted.at, left: wanted.times ?? Infinity });
  }

  stop(): void {
    this.#stopped.reject(new LinkClosed());
  }

  async respond(request: HttpRequest): Promise<HttpResponse> {
    const fault = this.#faultFor(this.#placeOf(request));
    const status = /^http-(?<code>\d+)$/u.exec(fault ?? '')?.groups?.['code'];
    if (status !== undefined) return answer(Number(status));
    switch (fault) {
      case 'silent':
        return this.#stopped.promise;
      case 'disconnect':
        throw new LinkClosed();
      case 'html':
        return answer(
          200,
          { 'content-type': 'text/html' },
          utf8('<!DOCTYPE html><html><title>Login</title><br></html>'),
        );
      case 'endless':
        return { status: 200, headers: { 'content-type': 'image/jpeg' }, body: endless() };
      default:
        return this.#spoilt(await this.#serve(request, fault === 'hasty'), fault);
    }
  }

  /** An answer that is right but for one thing. */
  #spoilt(good: HttpResponse, fault: string | undefined): HttpResponse {
    const location = good.headers['location'];
    switch (fault) {
      case 'drip':
        return { ...good, body: this.#drip(good.body) };
      case 'truncated':
        return { ...good, body: mapped(good.body, (bytes) => bytes.subarray(0, bytes.length / 2)) };
      case 'bomb':
        return { ...good, body: mapped(good.body, blownUp) };
      case 'no-location':
        return { ...good, headers: {} };
      case 'broken-location':
        return location === undefined ? good : { ...good, headers: { location: brokenHost(location) } };
      default:
        return good;
    }
  }

  #placeOf({ method, path }: HttpRequest): Place | undefined {
    if (method === 'DELETE') return 'cancel';
    if (method === 'POST') return 'start';
    if (path === this.#paths.capabilities) return 'capabilities';
    return path === this.#paths.status ? 'status' : 'page';
  }

  #faultFor(place: Place | undefined): Fault['kind'] | undefined {
    const fault = this.#faults.find(({ at, left }) => left > 0 && (at === undefined || at === place));
    if (fault) fault.left -= 1;
    return fault?.kind;
  }

  async #serve(request: HttpRequest, isHasty: boolean): Promise<HttpResponse> {
    const { method, path } = request;
    const host = request.headers?.['host'];
    if (this.#profile.host === 'with-port' && !/:\d+$/u.test(host ?? '')) return answer(400);
    if (method === 'GET' && path === this.#paths.capabilities) return xml(writeCapabilities(capabilities));
    if (method === 'GET' && path === this.#paths.status) return xml(writeStatus(this.#status()));
    if (method === 'POST' && path === this.#paths.jobs) {
      return this.#profile.host === 'localhost' && host !== 'localhost' ? answer(403) : this.#start(request);
    }
    const job = this.#job;
    if (method === 'GET' && job && path === nextDocument(job.path)) return this.#nextPage(job, isHasty);
    return method === 'DELETE' ? this.#delete(path) : answer(404);
  }

  #status(): ScannerStatus {
    const trouble = this.#jam ? 'jam' : this.#cover === 'open' ? 'cover-open' : undefined;
    return {
      state: this.#job && this.#state === 'idle' ? 'processing' : this.#state,
      feeder: trouble ?? (this.#sheets > 0 ? 'loaded' : 'empty'),
    };
  }

  async #start({ body }: HttpRequest): Promise<HttpResponse> {
    const now = this.#context.clock.now().getTime();
    // Whoever began that job has lost the way to it.
    if (this.#job && now - this.#askedAt >= SIMULATED_JOB_MS) this.#job = undefined;
    if (this.#job || this.#state === 'testing') return answer(503);
    this.#askedAt = now;
    const root = body && (await this.#xml)(body);
    const settings = root && readSettings(root);
    if (!settings || this.#isBlocked(settings)) return answer(409);
    this.#jobs += 1;
    const path = `${this.#paths.jobs}/${this.#jobs}`;
    const { source, duplex, colour, resolution } = settings;
    const pages = source === 'platen' ? 1 : this.#sheets * (duplex ? 2 : 1);
    this.#job = { path, settings, pages, barren: pages === 0, asked: false };
    this.#context.onEvent({ event: 'job', source, duplex, colour, resolution });
    const location = `http://localhost${path}`;
    return answer(201, { location: this.#profile.deletesFinishedJob ? location : brokenHost(location) });
  }

  #isBlocked({ source }: ScanSettings): boolean {
    if (this.#state === 'stopped') return true;
    // The models whose feeder has to be looked at first take the job and then never have a page.
    const looksItself = !this.#profile.feederStateFirst && this.#sheets === 0;
    return source === 'feeder' && (this.#jam || this.#cover === 'open' || looksItself);
  }

  async #nextPage(job: Job, isHasty: boolean): Promise<HttpResponse> {
    this.#askedAt = this.#context.clock.now().getTime();
    if (job.settings.source === 'feeder' && (this.#jam || this.#cover === 'open')) return answer(500);
    if (isHasty && this.#context.clock.now().getTime() < this.#lastPageAt + SIMULATED_HASTE_MS) {
      this.#sheets = 0;
      return answer(404);
    }
    if (job.barren) return answer(503);
    if (!this.#profile.deletesFinishedJob && !job.asked) {
      job.asked = true;
      return answer(404);
    }
    job.asked = false;
    if (job.pages === 0) {
      this.#job = undefined;
      this.#context.onEvent({ event: 'finished' });
      return answer(404);
    }
    await Promise.race([this.#context.clock.delay(SIMULATED_PAGE_MS), this.#stopped.promise]);
    return this.#page(job);
  }

  #page(job: Job): HttpResponse {
    const { source, duplex, width, height, resolution } = job.settings;
    const scale = resolution / 300;
    job.pages -= 1;
    if (source === 'feeder' && !(duplex && job.pages % 2 === 1)) this.#sheets -= 1;
    if (source === 'platen') this.#job = undefined;
    this.#lastPageAt = this.#context.clock.now().getTime();
    this.#context.onEvent({ event: 'page', left: job.pages });
    const picture = samplePage(Math.round(width * scale), Math.round(height * scale), job.pages + 1);
    return answer(200, { 'content-type': 'image/jpeg' }, picture);
  }

  #delete(path: string): HttpResponse {
    if (this.#job?.path === path) {
      this.#job = undefined;
      this.#context.onEvent({ event: 'cancelled' });
      return answer(200);
    }
    // It takes offence at being told to forget what is over.
    if (!this.#profile.deletesFinishedJob) this.#state = 'stopped';
    return answer(404);
  }

  async *#drip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of body) {
      for (const byte of bytes) {
        await Promise.race([this.#context.clock.delay(SIMULATED_DRIP_MS), this.#stopped.promise]);
        yield Uint8Array.of(byte);
      }
    }
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** As one model writes it: an IPv6 address without its closing bracket. */
const brokenHost = (location: string): string => location.replace('localhost', '[fe80::9e93:4eff:fe00');
const xml = (body: Uint8Array): HttpResponse => answer(200, { 'content-type': 'text/xml' }, body);

function answer(
  status: number,
  headers: HttpResponse['headers'] = {},
  body: Uint8Array = new Uint8Array(),
): HttpResponse {
  return { status, headers, body: once(body) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* mapped(body: AsyncIterable<Uint8Array>, change: (bytes: Uint8Array) => Uint8Array) {
  for await (const bytes of body) yield change(bytes);
}

/** Says that it is 65535 x 65535 pixels: height and width follow five bytes behind the marker of the frame. */
function blownUp(page: Uint8Array): Uint8Array {
  const frame = page.findIndex((byte, at) => byte === 0xff && page[at + 1] === 0xc0);
  if (frame >= 0) page.fill(0xff, frame + 5, frame + 9);
  return page;
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}
