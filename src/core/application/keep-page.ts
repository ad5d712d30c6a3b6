import { createHash } from 'node:crypto';
import { addPage, type ApplicationDraft, type PageRefusal } from '../../domain/application.ts';
import { inspectPageImage } from '../../domain/page-image.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { makeUuidV7 } from '../identifiers.ts';
import type { Service } from '../service.ts';
import type { WriteFailure } from '../store/write-failure.ts';

export interface KeptPage {
  readonly draft: ApplicationDraft;
  /** What was kept: the picture up to its own end. */
  readonly jpeg: Uint8Array;
}

/** A page as a camera or a scanner sent it, whatever that said about it: judged, put on the disk, and then into the draft. */
export function keepPage(
  { clock, random, log, pages }: Pick<Service, 'clock' | 'random' | 'log' | 'pages'>,
  draft: ApplicationDraft,
  material: string,
  image: Uint8Array,
): Result<KeptPage, PageRefusal | WriteFailure | 'not-a-jpeg' | 'too-large'> {
  const page = inspectPageImage(image);
  if (!page.ok) {
    return refused(page.reason === 'too-many-bytes' || page.reason === 'too-many-pixels' ? 'too-large' : 'not-a-jpeg');
  }
  if (page.value.type !== 'image/jpeg') return refused('not-a-jpeg');
  const jpeg = image.subarray(0, page.value.length);
  const id = makeUuidV7(clock.now(), random);
  const added = addPage(draft, material, { id, sha256: createHash('sha256').update(jpeg).digest('hex') });
  if (!added.ok) return added;
  // The file first: a draft never names a page that is not on the disk.
  const written = pages.write(id, jpeg);
  if (!written.ok) {
    log('core.write-failed', { what: 'page', cause: written.reason });
    return written;
  }
  return done({ draft: added.value, jpeg });
}
