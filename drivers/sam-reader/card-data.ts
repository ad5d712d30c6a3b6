import { ADDRESS_BYTES, SAM_ID_BYTES } from './commands.ts';

/** Data behind the status bytes of answers about a card, and the number of a SAM. */

/** What a card gives in one answer. Photo and fingerprints are as they are on the card and mean nothing here. */
export interface CardParts {
  /** The text block of `card-text.ts`. */
  readonly text: Uint8Array;
  /** WLT, which only closed programs of vendors know how to unpack. */
  readonly photo: Uint8Array;
  /** Templates of up to two fingers; absent from an answer that has no place for them. */
  readonly fingerprints?: Uint8Array;
}

/**
 * The parts of an answer to `readText` or `readFingerprints`: the lengths of two or three parts, 2 bytes big-endian each, then the
 * parts. Views of `data`, so wiping that wipes them. Nothing when the lengths do not add up.
 */
export function readCardParts(data: Uint8Array): CardParts | undefined {
  const [text, photo, fingerprints] = split(data, 2) ?? split(data, 3) ?? [];
  if (!text || !photo) return undefined;
  return { text, photo, ...(fingerprints ? { fingerprints } : {}) };
}

function split(data: Uint8Array, count: number): Uint8Array[] | undefined {
  const head = 2 * count;
  if (data.length < head) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = head;
  const parts = Array.from({ length: count }, (_, index) => {
    const length = view.getUint16(2 * index);
    at += length;
    return data.subarray(at - length, at);
  });
  return at === data.length ? parts : undefined;
}

export function encodeCardParts({ text, photo, fingerprints }: CardParts): Uint8Array {
  const parts = fingerprints ? [text, photo, fingerprints] : [text, photo];
  const head = new DataView(new ArrayBuffer(2 * parts.length));
  for (const [index, { length }] of parts.entries()) head.setUint16(2 * index, length);
  return Uint8Array.from([new Uint8Array(head.buffer), ...parts].flatMap((part) => [...part]));
}

/** Two small numbers, a date such as 20160102 and two long numbers. */
export type SamId = readonly [number, number, number, number, number];
const samIdPlaces = [0, 2, 4, 8, 12] as const;

/** Nothing for data of another length. The two bytes between the small numbers carry nothing. */
export function readSamId(data: Uint8Array): SamId | undefined {
  if (data.length !== SAM_ID_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [first, second, date, maker, number] = samIdPlaces;
  return [
    view.getUint8(first),
    view.getUint8(second),
    view.getUint32(date, true),
    view.getUint32(maker, true),
    view.getUint32(number, true),
  ];
}

export function encodeSamId([first, second, ...long]: SamId): Uint8Array {
  const view = new DataView(new ArrayBuffer(SAM_ID_BYTES));
  view.setUint8(samIdPlaces[0], first);
  view.setUint8(samIdPlaces[1], second);
  for (const [index, number] of long.entries()) view.setUint32(4 * (index + 1), number, true);
  return new Uint8Array(view.buffer);
}

/** As vendors print it on the reader, such as `05.01-20160102-0000012345-0000067890`; some pad the last two to 9 digits. */
export function samIdText([first, second, date, maker, number]: SamId): string {
  const digits = (value: number, count: number): string => String(value).padStart(count, '0');
  return [`${digits(first, 2)}.${digits(second, 2)}`, digits(date, 8), digits(maker, 10), digits(number, 10)].join('-');
}

/** Text in UTF-16LE, without the spaces or zeros that fill its column; those within stay, since addresses have them. */
export function readColumn(column: Uint8Array): string {
  const view = new DataView(column.buffer, column.byteOffset, column.byteLength);
  let text = '';
  // One code unit after the other: rare names use characters outside GBK, in private areas too.
  for (let index = 0; index + 1 < column.length; index += 2) text += String.fromCharCode(view.getUint16(index, true));
  return text.replace(/[ \0]+$/, '');
}

const SPACE = 0x20;

/** Throws for a text that does not fit. */
export function encodeColumn(text: string, bytes: number): Uint8Array {
  if (text.length * 2 > bytes) throw new RangeError(`"${text}" does not fit into ${bytes} bytes`);
  const view = new DataView(new ArrayBuffer(bytes));
  for (let index = 0; index < bytes / 2; index += 1) {
    view.setUint16(2 * index, index < text.length ? text.charCodeAt(index) : SPACE, true);
  }
  return new Uint8Array(view.buffer);
}

/** The answer to `readNewestAddress`; nothing when it is empty or no text of a card. */
export function readAddress(data: Uint8Array): string | undefined {
  const address = data.length === ADDRESS_BYTES ? readColumn(data) : '';
  return address === '' || /\p{Cc}/u.test(address) ? undefined : address;
}
