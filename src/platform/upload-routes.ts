import type { ServerResponse } from 'node:http';
import { ORPCError } from '@orpc/client';
import { type Locker, Server, type Upload } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import { announcedPage, type AnnouncedPage, UPLOAD_PATH } from '../contract/platform-api.ts';
import type { EventLog } from '../contract/log.ts';
import { assertNever } from '../domain/result.ts';
import { describeError } from './errors.ts';
import type { Faults } from './faults.ts';
import { MAX_UPLOAD_BYTES, UPLOAD_DRAIN_MS } from './limits.ts';
import type { UploadRefusal, Uploads } from './uploads.ts';
import { sendAnswer, webRequest } from './web-request.ts';

export interface UploadDeps {
  readonly uploads: Uploads;
  readonly locker: Locker;
  readonly faults: Faults;
  readonly log: EventLog;
  /** A page of this case was committed. */
  readonly onPage: (caseId: string) => Promise<void>;
}

/** Resumable uploads of scanned pages, by tus 1.0. Nobody gets an uploaded page back from here. */
export async function uploadRoutes(
  app: FastifyInstance,
  { uploads, locker, faults, log, onPage }: UploadDeps,
): Promise<void> {
  const call = 'upload';
  /** Answers only when the page of a complete upload is taken in. */
  async function takeIn(upload: Upload): Promise<void> {
    const page = pageOf(upload);
    const taken = await uploads.take({ id: upload.id, bytes: upload.offset }, page);
    if (!taken.ok) throw new UploadRefused(refusalError(taken.reason));
    await onPage(page.caseId);
    log('platform.answered', { call });
  }

  const connections = new WeakMap<Request, ServerResponse>();
  const refusedOnes = new WeakSet<Request>();
  const tus = new Server({
    path: UPLOAD_PATH,
    datastore: uploads.files,
    locker,
    lockDrainTimeout: UPLOAD_DRAIN_MS,
    maxSize: MAX_UPLOAD_BYTES,
    // A balancer has another name than the process behind it.
    relativeLocation: true,
    allowedOrigins: [],
    async onUploadCreate(_request, upload) {
      if (upload.sizeIsDeferred) throw new UploadRefused(new ORPCError('BAD_REQUEST'));
      const may = await uploads.mayBegin(pageOf(upload));
      if (!may.ok) throw new UploadRefused(refusalError(may.reason));
      return {};
    },
    async onUploadFinish(request, upload) {
      await takeIn(upload);
      if (faults.losesAnswer()) connections.get(request)?.destroy();
      return {};
    },
    async onIncomingRequest(request, id) {
      if (request.method !== 'HEAD') return;
      // All bytes may be here and the page not yet: the process that got the last one ended before it was committed.
      const upload = await uploads.files.getUpload(id);
      if (upload.offset === upload.size) await takeIn(upload);
    },
    onResponseError(request, error) {
      if (error instanceof UploadRefused) {
        refusedOnes.add(request);
        log('platform.refused', { call, code: error.code });
      } else if (error instanceof Error) log('platform.failed', { call, detail: describeError(error) });
      return undefined;
    },
  });

  // The bytes go to the file as they come.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
  for (const url of ['/', '/:id']) {
    app.route({
      method: ['POST', 'HEAD', 'PATCH'],
      url,
      handler: async (request, reply) => {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        await faults.mayBegin(gone.signal);
        reply.hijack();
        const asked = webRequest(request.raw);
        connections.set(asked, reply.raw);
        const answer = await tus.handleWeb(asked);
        // The tus server knows of texts only.
        if (refusedOnes.has(asked)) answer.headers.set('content-type', 'application/json');
        await sendAnswer(answer, reply.raw);
      },
    });
  }
}

function pageOf(upload: Upload): AnnouncedPage {
  const page = announcedPage.safeParse(upload.metadata);
  if (!page.success) throw new UploadRefused(new ORPCError('BAD_REQUEST'));
  return page.data;
}

function refusalError(reason: UploadRefusal): ORPCError<string, unknown> {
  switch (reason) {
    case 'unknown-case':
      return new ORPCError('UNKNOWN_CASE', { defined: true, status: 404 });
    case 'page-not-announced':
    case 'hash-mismatch':
      return new ORPCError('REFUSED', { defined: true, status: 400, data: { reason } });
    default:
      return assertNever(reason);
  }
}

/** In the shape in which the tus server takes an answer of ours. */
class UploadRefused extends Error {
  readonly code: string;
  readonly status_code: number;
  readonly body: string;
  constructor(error: ORPCError<string, unknown>) {
    super(error.code);
    this.code = error.code;
    this.status_code = error.status;
    this.body = JSON.stringify(error.toJSON());
  }
}
