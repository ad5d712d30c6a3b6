import { z } from 'zod';
import { refused, done, type Result } from './result.ts';

/**
 * What may be made of a code that somebody holds in front of the kiosk. Anybody can print any bytes as a code, and a reader passes them
 * on as they are: they are an enemy's until they are exactly what the page that asked for a code waits for.
 */

export type ScannedCode =
  /** Text without a scheme, such as a case number: what `isExpected` was content with. */
  | { readonly kind: 'plain'; readonly text: string }
  /** An https address at one of the expected hosts, as `URL` writes it. */
  | { readonly kind: 'address'; readonly url: string };

export const scannedCodeRefusal = z.enum([
  'empty',
  'too-long',
  /** Not UTF-8. */
  'not-text',
  /** Control characters, and those that show nothing or turn the direction of writing: what is shown would not be what is there. */
  'hidden-characters',
  /** Begins like an address, but of another scheme than https: http, javascript, data, file, tel, an app's own ... */
  'forbidden-scheme',
  /** An https address at another host or port, with a user name, or none that can be read. */
  'foreign-address',
  /** Harmless, but not what is waited for. */
  'unexpected',
]);
export type ScannedCodeRefusal = z.infer<typeof scannedCodeRefusal>;

/** What the page that asked waits for. */
export interface ExpectedCode {
  /** Hosts whose https addresses are welcome, such as `zwfw.example.gov.cn`: lower case, exactly. None if left out. */
  readonly hosts?: readonly string[];
  /** Whether a text is the kind of number that is waited for. No text is if left out. */
  readonly isExpected?: (text: string) => boolean;
}

/** Bytes of a matrix code (QR and the like). Numbers are far shorter; addresses with a ticket in them come near. */
export const longestScannedCode = 1_024;
/** Bytes of a linear code: wider ones do not fit on paper that a reader can see. */
export const longestLinearCode = 80;

/** Code characters of AIM identifiers (ISO/IEC 15424) whose codes are linear. */
const LINEAR = /^[ABCEFGHIMNPRS]/u;
/** RFC 3986, 3.1. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/iu;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;

/**
 * Judges a code. Text is UTF-8 and nothing else: what a kiosk waits for is ASCII or UTF-8, and in GB18030 nearly any bytes would be some
 * text.
 *
 * @param symbology AIM identifier without its `]`, as the reader tells it, if it does
 */
export function readScannedCode(
  bytes: Uint8Array,
  symbology: string | undefined,
  expected: ExpectedCode,
): Result<ScannedCode, ScannedCodeRefusal> {
  if (bytes.length === 0) return refused('empty');
  const isLinear = symbology !== undefined && LINEAR.test(symbology);
  if (bytes.length > (isLinear ? longestLinearCode : longestScannedCode)) return refused('too-long');
  const text = decode(bytes);
  if (text === undefined) return refused('not-text');
  if (HIDDEN.test(text)) return refused('hidden-characters');
  if (SCHEME.test(text.trimStart())) return readAddress(text, expected.hosts ?? []);
  return expected.isExpected?.(text) === true ? done({ kind: 'plain', text }) : refused('unexpected');
}

function readAddress(text: string, hosts: readonly string[]): Result<ScannedCode, ScannedCodeRefusal> {
  if (!/^https:\/\//iu.test(text)) return refused('forbidden-scheme');
  if (!URL.canParse(text)) return refused('foreign-address');
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.port === '';
  return isPlain && hosts.includes(url.hostname)
    ? done({ kind: 'address', url: url.href })
    : refused('foreign-address');
}

/** A byte order mark stays, and is a hidden character then. What is no UTF-8 becomes another text, of other bytes. */
function decode(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const again = new TextEncoder().encode(text);
  const isSame = again.length === bytes.length && again.every((byte, at) => byte === bytes[at]);
  return isSame ? text : undefined;
}
