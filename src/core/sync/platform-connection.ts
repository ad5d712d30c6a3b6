import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { KioskConfig } from '../../contract/config.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { createHttpFetch } from './http-fetch.ts';
import type { PlatformFetch } from './platform-fetch.ts';
import { createTokenFetch } from './token-fetch.ts';

/**
 * How requests reach the platform: as they are over plain HTTP, else with this kiosk's certificate and a token.
 *
 * @param folder what the paths of the configuration start from
 */
export async function platformConnection(
  { kioskId, platform: { url, tls } }: Pick<KioskConfig, 'kioskId' | 'platform'>,
  folder: string,
  plainFetch: PlatformFetch,
): Promise<Result<PlatformFetch, 'config-unreadable'>> {
  if (!tls) return done(plainFetch);
  let texts: readonly string[];
  try {
    texts = await Promise.all(
      [tls.certificate, tls.key, tls.authority].map((path) => readFile(resolve(folder, path), 'utf8')),
    );
  } catch (error) {
    return refused('config-unreadable', error instanceof Error ? error.message : 'platform.tls');
  }
  const [certificate = '', key = '', authority = ''] = texts;
  return done(createTokenFetch({ url, kioskId, fetch: createHttpFetch({ certificate, key, authority }) }));
}
