import { checkItem } from '../../domain/item-rules.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { listedItemOf, type ListedItem } from './catalogue-items.ts';
import { readItem } from './item-schema.ts';

/** What was found of the text of an item. The same text always gets the same one. */
export type ItemVerdict = Result<{ readonly listed: ListedItem; readonly warning: string | undefined }, 'broken'>;

/** Checks everything that can be said of an item without knowing the others. */
export function judgeItem(text: string): ItemVerdict {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return refused('broken', error instanceof Error ? error.message : 'unreadable');
  }
  const parsed = readItem(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused('broken', `${issue?.path.join('.') || '(top)'}: ${issue?.message ?? 'not an item'}`);
  }
  const problems = checkItem(parsed.data);
  const worst = problems.find(({ weight }) => weight === 'stop') ?? problems[0];
  const said = worst && `${worst.path}: ${worst.problem}`;
  return worst?.weight === 'stop'
    ? refused('broken', said)
    : done({ listed: listedItemOf(parsed.data), warning: said });
}
