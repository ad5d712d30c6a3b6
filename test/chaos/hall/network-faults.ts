import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { NetworkFault } from '../faulty-proxy.ts';

/**
 * Every status with which something that is not the platform may answer, but for 413: that the record is too large for a
 * gateway is believed, and staff are told.
 */
const statuses = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
] as const;

const page = '<!doctype html><title>请登录网络</title><p>Sign in to the network';
const bodies = [
  { type: 'text/html; charset=utf-8', text: page },
  { type: 'application/json', text: '{"error":"upstream"' },
  { type: 'application/json', text: '{"message":"no"}' },
  { type: 'text/plain', text: '' },
] as const;

const kinds: readonly NetworkFault['kind'][] = [
  'drop',
  'delay',
  'cut-request',
  'cut-answer',
  'half-open',
  'drip',
  'duplicate',
  'lose-answer',
  'answer',
];

/** Longer than a small request with its heads, so that some cuts come too late. */
const LONGEST_CUT_BYTES = 6_000;
const LONGEST_DELAY_MS = 300;
const GARBAGE_BYTES = 200;

export function someFault(random: SeededRandom): NetworkFault {
  const kind = random.of(kinds);
  switch (kind) {
    case 'delay':
      return { kind, milliseconds: random.below(LONGEST_DELAY_MS) };
    case 'cut-request':
    case 'cut-answer':
      return { kind, bytes: random.below(LONGEST_CUT_BYTES) };
    case 'drip':
      return { kind, milliseconds: 1 + random.below(4) };
    case 'answer':
      return { kind, bytes: someAnswer(random), when: random.of(['before', 'after']) };
    default:
      return { kind };
  }
}

function someAnswer(random: SeededRandom): Uint8Array {
  const what = random.below(6);
  if (what === 0) return random.bytes(GARBAGE_BYTES);
  if (what === 1) return http(200, 'text/html; charset=utf-8', page);
  if (what === 2) return http(200, 'application/json', '{"time":"now"}');
  const { type, text } = random.of(bodies);
  return http(random.of(statuses), type, text);
}

function http(status: number, type: string, text: string): Uint8Array {
  const body = Buffer.from(text);
  const head = [
    `HTTP/1.1 ${status} Chaos`,
    `content-type: ${type}`,
    `content-length: ${body.length}`,
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
