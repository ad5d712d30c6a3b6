import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';

const certificateType = z.strictObject({ id: z.string().regex(/^[a-z]+(-[a-z]+)*$/), name: z.string().trim().min(1) });

const certificateLists = z.strictObject({
  version: z.int().positive(),
  publishedOn: z.iso.date(),
  /** 不再要求提交纸质: an office that needs one of these looks it up. */
  paperFree: z.array(certificateType),
  /** 亮证: what a person may show from the phone instead of carrying it. */
  shown: z.array(certificateType),
});
/** Kinds of certificates by how they may be presented (德昌县“一网通办”方案, 2021). */
export type CertificateLists = z.infer<typeof certificateLists>;

/** `twice`: an id or a name stands for two certificates. */
export function readCertificateLists(data: unknown): Result<CertificateLists, 'malformed' | 'twice'> {
  const parsed = certificateLists.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const all = [...parsed.data.paperFree, ...parsed.data.shown];
  const ids = new Set(all.map(({ id }) => id));
  const names = new Set(all.map(({ name }) => name));
  return ids.size < all.length || names.size < all.length ? refused('twice') : done(parsed.data);
}
