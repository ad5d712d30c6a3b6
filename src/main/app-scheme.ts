import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { CustomScheme, ProtocolRequest } from 'electron';

/**
 * Pages come from `app://kiosk/`, never from file://: no file privileges, one policy. The second host serves the same, for
 * a page to follow on another: Chromium gives each host a process of its own, and the memory of a process that has ended
 * holds nothing of anybody.
 */
const hosts = ['kiosk', 'kiosk-next'] as const;
export const HOME_URL = `app://${hosts[0]}/index.html`;

/** The home page at the host that the shown page is not from, and the word for it that another page stands meanwhile. */
export function homeBeside(shown: string): string {
  const host = URL.canParse(shown) && new URL(shown).host === hosts[0] ? hosts[1] : hosts[0];
  return `app://${host}/index.html?follows`;
}

export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: true },
};

/** Built up from nothing: what is not named is denied, inline and evaluated script among it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** True for the origins our pages have, compared after parsing: prefixes of strings prove nothing. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'app:' && hosts.some((host) => host === url.host);
}

/**
 * Turns a page address into a file below `root`, or undefined for anything that is not one: other hosts, unknown types,
 * traversal in plain or encoded form, NUL and backslash.
 */
function fileOf(root: string, address: string): string | undefined {
  if (!isAppUrl(address)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  if (path.includes('\0') || path.includes('\\') || path.includes('%')) return undefined;
  if (path.split('/').includes('..') || !(extname(path) in contentTypes)) return undefined;
  const file = join(root, path);
  return file.startsWith(root + sep) ? file : undefined;
}

/** What is needed of a request, and an answer as `protocol.registerBufferProtocol` takes it. */
type PageRequest = Pick<ProtocolRequest, 'url' | 'method'>;
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly data: Buffer;
}

/**
 * Answers with the built pages below `root`. For buffers and not for the web's own Request and Response: Node loads its
 * whole HTTP client when it is first asked for one of those, a quarter of all that the shell does before the first frame.
 */
export function createAppHandler(root: string): (request: PageRequest) => Promise<PageAnswer> {
  return async (request) => {
    const file = request.method === 'GET' ? fileOf(root, request.url) : undefined;
    if (!file) return notFound();
    let data: Buffer;
    try {
      data = await readFile(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error) return notFound();
      throw error;
    }
    return {
      statusCode: 200,
      headers: {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      },
      data,
    };
  };
}

function notFound(): PageAnswer {
  const headers = { 'content-type': 'text/plain', 'content-security-policy': contentSecurityPolicy };
  return { statusCode: 404, headers, data: Buffer.alloc(0) };
}
