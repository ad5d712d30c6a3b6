import type { CodeEvent } from '../../contract/device-api.ts';
import type { ReadCode } from '../driver.ts';
import { LONGEST_CODE_BYTES } from '../limits.ts';
import type { ServerDeps } from './serve.ts';

/** Nothing for what cannot be a code: it is told to the log and to nobody else. What a code means is decided by who gets it. */
export function codeEventOf(
  { bytes, symbology }: ReadCode,
  device: string,
  { log }: ServerDeps,
): CodeEvent | undefined {
  const reason = bytes.length === 0 ? 'empty' : bytes.length > LONGEST_CODE_BYTES ? 'too-long' : undefined;
  if (reason) {
    log('devices.use-failed', { device, reason: `code-${reason}` });
    return undefined;
  }
  const text = Buffer.from(bytes).toString('base64');
  const known = symbology !== undefined && /^[A-Za-z][0-9A-Za-z]$/.test(symbology);
  return known ? { bytes: text, symbology } : { bytes: text };
}
