import { type AnnouncedPage, UPLOAD_PATH } from '../../contract/platform-api.ts';
import { TransportFailure } from './transport.ts';
import { tusStack, type TusStackDeps } from './tus-stack.ts';

export interface PageUpload {
  readonly page: AnnouncedPage;
  /** JPEG */
  readonly image: Buffer;
  /** Where the upload of this page was begun. */
  readonly begunAt: string | undefined;
  /** It was begun there; to be kept before a byte is sent. */
  readonly onBegun: (url: string) => void;
}

export interface UploadDeps extends TusStackDeps {
  /** Base address of the platform. */
  readonly url: string;
}

/**
 * Uploads a page by tus 1.0, from where an earlier try of it came to. Resolves when the platform has the whole page, with the
 * hash that was announced, committed. Rejects with what kept it: nothing is tried again here.
 */
export async function uploadPage(deps: UploadDeps, upload: PageUpload, signal: AbortSignal | undefined): Promise<null> {
  // Only kiosks that scan pay for loading it.
  const { DetailedError, Upload } = await import('tus-js-client');
  const endpoint = `${deps.url.replace(/\/$/, '')}${UPLOAD_PATH}`;
  const { promise, resolve, reject } = Promise.withResolvers<null>();
  const garbage = (detail: string) => new TransportFailure('not-understood', detail, {});
  const client = new Upload(upload.image, {
    endpoint,
    uploadUrl: isAt(upload.begunAt, endpoint) ? upload.begunAt : null,
    metadata: { ...upload.page },
    // All that is missing in one request: the platform keeps what came of one that is cut.
    chunkSize: Number.POSITIVE_INFINITY,
    retryDelays: null,
    storeFingerprintForResuming: false,
    httpStack: tusStack(deps, signal),
    onUploadUrlAvailable: () => {
      if (client.url !== null && client.url !== upload.begunAt) upload.onBegun(client.url);
    },
    onChunkComplete: (taken, accepted, total) => {
      if (taken > 0 && accepted <= total) return;
      // The client would go on with it for ever.
      reject(garbage('an offset that cannot be'));
      void client.abort();
    },
    onSuccess: () => resolve(null),
    onError: (error) => {
      if (!(error instanceof DetailedError)) return reject(error);
      reject(error.causingError ?? garbage(`status ${error.originalResponse?.getStatus() ?? 0}`));
    },
  });
  client.start();
  return promise;
}

/** An upload that was begun at another platform is not asked for at this one. */
function isAt(url: string | undefined, endpoint: string): url is string {
  return url !== undefined && URL.canParse(url) && new URL(url).origin === new URL(endpoint).origin;
}
