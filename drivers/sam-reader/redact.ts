import { encodeColumn, readAddress, readCardParts } from './card-data.ts';
import { readCardText } from './card-text.ts';
import { ADDRESS_BYTES, readReply, SAM_ID_BYTES } from './commands.ts';
import { encodeFrame, FrameDecoder } from './protocol.ts';
import { encodeCardText, madeUpCard } from './simulated-card.ts';

/** Data of answers about no person: none, a card was found, selected, the number of a SAM. Any other may be about one. */
const IMPERSONAL_DATA_BYTES: readonly number[] = [0, 4, 8, SAM_ID_BYTES];
const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
const HEAD_BYTES = PREAMBLE.length + 2;
/** Shortest: LEN 3, below which it is noise. */
const SHORTEST_FRAME = HEAD_BYTES + 3;

/**
 * What a reader sent, of the same length, with a made-up person in place of each card. Frames that are not about a person
 * stay; a frame with a wrong check byte keeps its head only, and whatever is no frame, which may be a piece of one that is
 * about a person, becomes zeros.
 */
export function redactReplies(received: Uint8Array): Uint8Array {
  const kept = new Uint8Array(received.length);
  let damaged: { readonly at: number; readonly end: number } | undefined;
  const flush = (before: number): void => {
    if (damaged && damaged.end <= before) kept.set(damage(received.subarray(damaged.at, damaged.end)), damaged.at);
    if (damaged && damaged.end <= before) damaged = undefined;
  };
  for (let at = 0; at < received.length;) {
    flush(at);
    const end = frameEnd(received, at);
    const frame = end === undefined ? undefined : onlyFrame(received.subarray(at, end));
    if (end !== undefined && frame) {
      damaged = undefined;
      kept.set(encodeFrame(redactBody(frame)), at);
      at = end;
    } else {
      if (end !== undefined) damaged ??= { at, end };
      at += 1;
    }
  }
  flush(received.length);
  return kept;
}

/** Where a frame that seems to begin here would end; nothing when none begins, or it was cut off. */
function frameEnd(bytes: Uint8Array, at: number): number | undefined {
  if (!PREAMBLE.every((byte, index) => bytes[at + index] === byte)) return undefined;
  const end = at + HEAD_BYTES + (bytes[at + 5] ?? 0) * 256 + (bytes[at + 6] ?? 0);
  return end - at < SHORTEST_FRAME || end > bytes.length ? undefined : end;
}

/** The body, when the bytes are exactly one good frame. */
function onlyFrame(bytes: Uint8Array): Uint8Array | undefined {
  const [found] = new FrameDecoder().push(bytes);
  return found?.kind === 'frame' && found.body.length === bytes.length - HEAD_BYTES - 1 ? found.body : undefined;
}

function redactBody(body: Uint8Array): Uint8Array {
  const reply = readReply(body);
  if (!reply || IMPERSONAL_DATA_BYTES.includes(reply.data.length)) return body;
  const redacted = new Uint8Array(body.length);
  redacted.set(body.subarray(0, 3));
  const parts = readCardParts(reply.data);
  if (parts) {
    const at = parts.text.byteOffset - body.byteOffset;
    redacted.set(body.subarray(3, at), 3);
    const person = readCardText(parts.text);
    if (person) redacted.set(encodeCardText(madeUpCard(person.kind)), at);
  } else if (readAddress(reply.data)) {
    redacted.set(encodeColumn(madeUpCard('resident').address, ADDRESS_BYTES), 3);
  }
  return redacted;
}

/** A frame as long, with nothing in it and a check byte that is wrong as well. */
function damage(bytes: Uint8Array): Uint8Array {
  const empty = encodeFrame(new Uint8Array(bytes.length - HEAD_BYTES - 1));
  empty[empty.length - 1] = (empty.at(-1) ?? 0) ^ 0xff;
  return empty;
}
