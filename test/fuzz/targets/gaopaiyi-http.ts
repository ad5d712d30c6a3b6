import { GAP_MOST_BYTES, HEADERS_MOST_BYTES } from '../../../drivers/gaopaiyi-http/limits.ts';
import type { CameraState } from '../../../drivers/gaopaiyi-http/protocol.ts';
import {
  boundaryOf,
  isLoopback,
  MultipartReader,
  readRequest,
  readStatus,
  writePart,
  writeStatus,
} from '../../../drivers/gaopaiyi-http/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { documentParser, missingIn } from '../target.ts';

const MOST_PART_BYTES = 3_000;
const BOUNDARY = 'frame';
const delimiter = Buffer.from(`--${BOUNDARY}`);

const livePicture: FuzzTarget<Uint8Array> = {
  name: 'gaopaiyi-http live picture',
  weight: 3,
  mostPendingBytes: Math.max(MOST_PART_BYTES + 2, GAP_MOST_BYTES, HEADERS_MOST_BYTES) + delimiter.length,
  heads: [
    '--frame',
    '--frame\r\n\r\n',
    '--frame--',
    '\r\n--frame',
    'Content-Length: 5\r\n\r\n',
    'Content-Length: 9999\r\n',
    '\r\n\r\n',
    '-',
  ].map((text) => Buffer.from(text)),
  open() {
    const reader = new MultipartReader(BOUNDARY, MOST_PART_BYTES);
    return {
      push: (bytes) => reader.push(bytes).parts,
      get pendingBytes() {
        return reader.pendingBytes;
      },
    };
  },
  sample(random) {
    // A part without a length ends where the next one begins, so that one has a length.
    const means = Array.from({ length: 1 + random.below(2) }, () => random.bytes(random.below(300)));
    const parts = means.map((picture, at) => writePart(BOUNDARY, picture, at === means.length - 1));
    return { bytes: Buffer.concat(parts), means };
  },
  complaint(stream, found) {
    if (found.some(({ length }) => length > MOST_PART_BYTES + 2)) return 'a part longer than any';
    return missingIn(stream, found, (part) => [part]);
  },
};

const cameraStates: readonly CameraState[] = ['missing', 'connected', 'running'];

const documents: FuzzTarget<CameraState> = {
  name: 'gaopaiyi-http answers',
  weight: 1,
  mostPendingBytes: 0,
  heads: ['{', '{"code":"0"', 'null', '"', '[', '<?xml'].map((text) => Buffer.from(text)),
  keepsApart: true,
  open: () =>
    documentParser((bytes) => {
      const state = readStatus(bytes, 0);
      return state ? [state] : [];
    }),
  sample(random) {
    const state = random.of(cameraStates);
    return { bytes: writeStatus([state, random.of(cameraStates)]), means: [state] };
  },
  complaint(stream, found) {
    if (found.some((state) => !stream.includes(wordOf[state]))) return 'a state that no answer has';
    const text = stream.toString('latin1');
    const boundary = boundaryOf(`multipart/x-mixed-replace; boundary=${text}`);
    if (boundary !== undefined && !text.includes(boundary)) return 'a boundary that is not there';
    if (isLoopback(text)) return 'taken for an address of this computer';
    const asked = readRequest({ method: 'POST', path: '/video=close', body: stream });
    return asked && asked.kind !== 'close' ? 'a request that was not made' : undefined;
  },
};

const wordOf: Readonly<Record<CameraState, string>> = { missing: 'no', connected: 'ok', running: 'run' };

export const gaopaiyiHttp: readonly FuzzTarget[] = [livePicture, documents];
