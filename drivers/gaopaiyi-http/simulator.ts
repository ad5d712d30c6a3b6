import { z } from 'zod';
import type { HttpRequest, HttpResponse, HttpSimulator, ServiceSimulatorContext } from '../../src/devices/driver.ts';
import { LinkClosed } from '../../src/devices/driver.ts';
import { samplePage } from '../../src/domain/sample-page.ts';
import { SIMULATED_DRIP_MS, SIMULATED_FRAME_MS } from './limits.ts';
import type { CameraProfile } from './profile.ts';
import type { CameraState } from './protocol.ts';
import { readRequest, writePart, writeStatus } from './protocol.ts';

const places = ['status', 'stream', 'close'] as const;
const faults = [
  'silent',
  'disconnect',
  'http-404',
  'http-500',
  'html',
  'refusal',
  'endless',
  'drip',
  'truncated',
  'bomb',
  'no-length',
  'wrong-length',
  'ends',
] as const;

export const action = z.union([
  z.strictObject({ camera: z.enum(['plugged', 'unplugged']).meta({ default: 'plugged' }) }),
  /** Which sample page lies on the table. */
  z.strictObject({
    page: z
      .int()
      .min(1)
      .max(50)
      .meta({ examples: [1, 2, 3] }),
  }),
  /** Without `at` it hits every request; without `times` until `none`. */
  z.strictObject({ fault: z.enum(faults), at: z.enum(places).optional(), times: z.int().positive().optional() }),
  z.strictObject({ fault: z.literal('none').meta({ default: 'none' }) }),
]);

type Place = (typeof places)[number];
type FaultKind = (typeof faults)[number];
interface Fault {
  readonly kind: FaultKind;
  readonly at: Place | undefined;
  left: number;
}

/** Five megapixels, as the usual main camera. */
const [WIDTH, HEIGHT] = [2_592, 1_944];
const BOUNDARY = 'simulated-frame';

/** The local service of a document camera on a stand. */
export class SimulatedCameraService implements HttpSimulator {
  readonly #profile: CameraProfile;
  readonly #context: ServiceSimulatorContext;
  readonly #stopped = Promise.withResolvers<never>();
  #isPlugged = true;
  #isOpen = false;
  #page = 1;
  #faults: Fault[] = [];

  constructor(profile: CameraProfile, context: ServiceSimulatorContext) {
    this.#profile = profile;
    this.#context = context;
    // Nobody may be waiting when it stops.
    this.#stopped.promise.catch(() => undefined);
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('camera' in wanted) this.#isPlugged = wanted.camera === 'plugged';
    else if ('page' in wanted) this.#page = wanted.page;
    else if (wanted.fault === 'none') this.#faults = [];
    else this.#faults.push({ kind: wanted.fault, at: wanted.at, left: wanted.times ?? Infinity });
  }

  stop(): void {
    this.#stopped.reject(new LinkClosed());
  }

  async respond(request: HttpRequest): Promise<HttpResponse> {
    const asked = readRequest(request);
    if (!asked) return answer(404, 'text/html', utf8('<html>404</html>'));
    const fault = this.#faultAt(asked.kind);
    switch (fault) {
      case 'silent':
        return this.#stopped.promise;
      case 'disconnect':
        throw new LinkClosed();
      case 'http-404':
      case 'http-500':
        return answer(Number(fault.slice(5)), 'text/plain', new Uint8Array());
      case 'html':
        return answer(200, 'text/html', utf8('<!DOCTYPE html><title>Login</title>'));
      case 'refusal':
        return answer(200, 'application/json', writeStatus([], 1));
      default:
        break;
    }
    if (asked.kind === 'stream') return this.#open(asked.camera, fault);
    if (asked.kind === 'close') this.#close(asked.camera);
    const reply = answer(200, 'application/json', writeStatus(this.#states()));
    if (fault === 'endless') return { ...reply, body: endless() };
    return fault === 'drip' ? { ...reply, body: this.#drip(reply.body) } : reply;
  }

  #states(): CameraState[] {
    const here = this.#isOpen ? 'running' : 'connected';
    return [0, 1].map((camera) => (this.#isPlugged && camera === this.#profile.camera ? here : 'missing'));
  }

  #open(camera: number, fault: FaultKind | undefined): HttpResponse {
    if (!this.#isPlugged || camera !== this.#profile.camera) return answer(404, 'text/plain', new Uint8Array());
    this.#isOpen = true;
    this.#context.onEvent({ event: 'opened', camera });
    const live = fault === 'endless' ? endlessPart() : this.#live(fault);
    const headers = { 'content-type': `multipart/x-mixed-replace; boundary=--${BOUNDARY}` };
    return { status: 200, headers, body: fault === 'drip' ? this.#drip(live) : live };
  }

  #close(camera: number): void {
    if (this.#isOpen && camera === this.#profile.camera) this.#context.onEvent({ event: 'closed', camera });
    this.#isOpen = false;
  }

  async *#live(fault: FaultKind | undefined): AsyncGenerator<Uint8Array> {
    const picture = samplePage(WIDTH, HEIGHT, this.#page);
    if (fault === 'bomb') blowUp(picture);
    const sent = fault === 'truncated' ? picture.subarray(0, picture.length / 2) : picture;
    const part = writePart(BOUNDARY, sent, fault !== 'no-length');
    if (fault === 'wrong-length') shortenLength(part);
    for (;;) {
      await Promise.race([this.#context.clock.delay(SIMULATED_FRAME_MS), this.#stopped.promise]);
      yield part.slice(0, fault === 'ends' ? part.length / 2 : part.length);
      if (fault === 'ends') return;
    }
  }

  async *#drip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of body) {
      for (const byte of bytes) {
        await Promise.race([this.#context.clock.delay(SIMULATED_DRIP_MS), this.#stopped.promise]);
        yield Uint8Array.of(byte);
      }
    }
  }

  #faultAt(place: Place): FaultKind | undefined {
    const fault = this.#faults.find(({ at, left }) => left > 0 && (at === undefined || at === place));
    if (fault) fault.left -= 1;
    return fault?.kind;
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const answer = (status: number, type: string, body: Uint8Array): HttpResponse => ({
  status,
  headers: { 'content-type': type },
  body: once(body),
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

async function* endlessPart(): AsyncGenerator<Uint8Array> {
  yield utf8(`--${BOUNDARY}\r\nContent-Type: image/jpeg\r\n\r\n`);
  yield* endless();
}

/** Says that it is 65535 x 65535 pixels: height and width follow five bytes behind the marker of the frame. */
function blowUp(page: Uint8Array): void {
  const frame = page.findIndex((byte, at) => byte === 0xff && page[at + 1] === 0xc0);
  page.fill(0xff, frame + 5, frame + 9);
}

/** Makes a part say that it is shorter than it is. */
function shortenLength(part: Uint8Array): void {
  const name = 'Content-Length: ';
  const at = new TextDecoder('latin1').decode(part.subarray(0, 200)).indexOf(name) + name.length;
  part.copyWithin(at + 1, at, at + 1);
  part[at] = 0x30;
}
