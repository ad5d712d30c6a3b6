import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { ORPCError } from '@orpc/client';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../contract/clock.ts';
import type { Locale } from '../../domain/messages.ts';
import { hallOfOffice } from '../../domain/office-code.ts';
import type { Device } from '../devices.ts';
import { sendError } from '../errors.ts';
import { isLoopback } from '../loopback.ts';
import type { Sql } from '../sql.ts';
import { overviewPage } from './page.ts';
import { readOverview } from './read.ts';

export interface OverviewDeps {
  readonly database: Sql;
  readonly clock: Pick<Clock, 'now'>;
}

interface RouteDeps extends OverviewDeps {
  /** The office behind a request, where the platform asks for one. */
  readonly deviceOf: (request: IncomingMessage) => Device | undefined;
}

const resources = new URL('../../../resources/', import.meta.url);

/** All that the page may use is its own style sheet; it runs nothing, sends nothing and stands in no frame. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The page of what arrived, for people at this machine. Below the path of offices, so that over TLS only an office's
 * certificate and token open it. A page of another origin neither reads it nor shows it: it is asked for by a name of this
 * machine only (else a name of somebody else's could be pointed here), and not from another site. An office does not find
 * complaints about its own hall there.
 */
export async function overviewRoutes(app: FastifyInstance, { database, clock, deviceOf }: RouteDeps): Promise<void> {
  const style = (
    await Promise.all(
      ['design/tokens.css', 'design/overview.css'].map((name) => readFile(new URL(name, resources), 'utf8')),
    )
  ).join('\n');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    return isOwn(request) ? undefined : sendError(reply, new ORPCError('FORBIDDEN'));
  });
  app.get('/', async (request, reply) => {
    const office = deviceOf(request.raw)?.kioskId ?? '';
    const now = clock.now();
    const overview = await readOverview(database, hallOfOffice(office), now);
    const page = overviewPage(overview, localeOf(request), now.toISOString());
    return reply.type('text/html; charset=utf-8').send(page.toString());
  });
  app.get('/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
}

function isOwn({ ip, headers, hostname }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'] ?? 'none';
  const fromHere = headers.origin === undefined && (site === 'none' || site === 'same-origin');
  return fromHere && isLoopback(ip) && isLoopback(hostname);
}

function localeOf({ query }: FastifyRequest): Locale {
  const wanted = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  return wanted === 'en' ? 'en' : 'zh-CN';
}
