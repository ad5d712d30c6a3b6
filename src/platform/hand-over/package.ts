import type { HandOverPackage, Manifest } from '../../contract/office/hand-over.ts';
import { caseSubmission, type CaseSubmission } from '../../contract/platform-api.ts';
import { crossRegionPayload } from '../../domain/cross-region.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { contentHash, sha256 } from '../content-hash.ts';

interface Parts {
  readonly payload: string;
  readonly content: string;
  readonly pages: readonly { readonly id: string; readonly image: Uint8Array }[];
}

/** What the manifest says of the parts, in their order. */
export function entriesOf({ payload, content, pages }: Parts): Manifest['entries'] {
  const entry = (name: string, bytes: Uint8Array) => ({ name, sha256: sha256(bytes), bytes: bytes.length });
  return [
    entry('payload', Buffer.from(payload)),
    entry('content', Buffer.from(content)),
    ...pages.map(({ id, image }) => entry(`page/${id}`, image)),
  ];
}

export interface Unpacked {
  readonly content: CaseSubmission;
  readonly pages: ReadonlyMap<string, Buffer>;
}

/**
 * Takes a package apart. `damaged`: a part is not what the manifest says, the manifest is not what was acknowledged, or
 * the parts do not belong together: all or nothing of it is taken.
 */
export function unpack(sent: HandOverPackage): Result<Unpacked, 'damaged'> {
  const { manifest, manifestHash, payload, content } = sent;
  const pages = sent.pages.map(({ id, image }) => ({ id, image: Buffer.from(image, 'base64') }));
  if (contentHash(manifest) !== manifestHash) return refused('damaged', 'manifest');
  const entries = entriesOf({ payload, content, pages });
  const wrong = entries.find((entry, index) => contentHash(entry) !== contentHash(manifest.entries[index] ?? null));
  if (wrong || entries.length !== manifest.entries.length) return refused('damaged', wrong?.name ?? 'entries');
  const submission = caseSubmission.safeParse(json(content));
  const routed = crossRegionPayload.safeParse(json(payload));
  if (!submission.success || !routed.success) return refused('damaged', submission.success ? 'payload' : 'content');
  const { takenInAt, homeRegion, mode } = routed.data;
  const belongs = submission.data.id === manifest.caseId && mode === manifest.mode;
  if (!belongs || takenInAt !== manifest.from || homeRegion !== manifest.to) return refused('damaged', 'payload');
  const announced = submission.data.materials.flatMap((material) => material.pages);
  const brought = new Map(pages.map(({ id, image }) => [id, image]));
  const allThere = announced.every(({ id, sha256: hash }) => {
    const image = brought.get(id);
    return image !== undefined && sha256(image) === hash;
  });
  if (!allThere || announced.length !== brought.size) return refused('damaged', 'pages');
  return done({ content: submission.data, pages: brought });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
