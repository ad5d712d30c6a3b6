import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';

const line = z.string().trim().min(1);

const retainedProofs = z.strictObject({
  version: z.int().positive(),
  publishedOn: z.iso.date(),
  proofs: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      name: line,
      /** What the law says that makes it needed. */
      basis: z.strictObject({ title: line, article: line, text: line }),
      /** Why it is asked, in plain words. */
      reason: line,
      askedBy: line,
      issuedBy: line,
    }),
  ),
});
/**
 * 保留证明事项清单: the proofs (证明) that may still be asked for, each with its law and its reason. What is not on it may
 * not be asked for (沧州市 2018 “互联网+政务服务” 工作要点, 减证便民).
 */
export type RetainedProofs = z.infer<typeof retainedProofs>;

export function readRetainedProofs(data: unknown): Result<RetainedProofs, 'malformed' | 'twice'> {
  const parsed = retainedProofs.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const ids = new Set(parsed.data.proofs.map(({ id }) => id));
  return ids.size < parsed.data.proofs.length ? refused('twice') : done(parsed.data);
}
