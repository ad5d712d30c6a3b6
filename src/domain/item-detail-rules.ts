import { factsOf } from './instant-approval.ts';
import { parseItemCode } from './item-code.ts';
import { substitutes } from './item-details.ts';
import type { ItemProblem } from './item-rules.ts';
import type { CatalogueItem } from './item.ts';

/** What the details of an item promise among themselves and with the rest of it. */
export function checkDetails(item: CatalogueItem): ItemProblem[] {
  return [
    ...checkStamp(item),
    ...checkRecord(item),
    ...checkVariants(item),
    ...checkStages(item),
    ...checkSubstitutes(item),
    ...checkInstantFacts(item),
  ];
}

/** 上网不涉密，涉密不上网: whoever does not say that it was looked at is treated as not looked at. */
function checkStamp({ review }: CatalogueItem): ItemProblem[] {
  if (!review) return [stop('review', 'no stamp of a secrecy review')];
  return review.verdict === 'open' ? [] : [stop('review.verdict', 'classified')];
}

function checkRecord({ record }: CatalogueItem): ItemProblem[] {
  if (!record) return [];
  const { state, effectiveOn, cancelledOn } = record;
  const problems: ItemProblem[] = [];
  if (state === 'withdrawn') problems.push(stop('record.state', 'withdrawn'));
  if (cancelledOn !== undefined && cancelledOn < effectiveOn)
    problems.push(stop('record.cancelledOn', 'before it came into effect'));
  return problems;
}

/** A 业务办理项编码 is the 实施编码 and two digits. */
function checkVariants({ code, variants = [] }: CatalogueItem): ItemProblem[] {
  const seen = new Set<string>();
  return variants.flatMap((variant, index) => {
    const path = `variants.${index}.code`;
    if (!parseItemCode(variant.code).ok) return [stop(path, 'not an item code of 33 characters')];
    if (!variant.code.startsWith(code)) return [stop(path, `does not begin with ${code}`)];
    if (seen.has(variant.code)) return [stop(path, `${variant.code} is used twice`)];
    seen.add(variant.code);
    return [];
  });
}

/** The stages together take no longer than what is promised. */
function checkStages({ stages = [], guide: { limits } }: CatalogueItem): ItemProblem[] {
  const days = stages.reduce((sum, stage) => sum + stage.days, 0);
  return days > limits.promised ? [stop('stages', `${days} days together, ${limits.promised} are promised`)] : [];
}

/** The order of 六个一律: what costs the person least comes first. */
function checkSubstitutes({ materials }: CatalogueItem): ItemProblem[] {
  return materials.flatMap(({ substitutes: listed, certificate }, index) => {
    if (!listed) return [];
    const ranks = listed.map((one) => substitutes.indexOf(one));
    const ordered = ranks.join() === [...new Set(ranks)].toSorted((a, b) => a - b).join();
    const path = `materials.${index}.substitutes`;
    if (!ordered) return [stop(path, `not in the order ${substitutes.join(', ')}`)];
    const needsType = listed.includes('certificate') || listed.includes('e-certificate');
    return needsType && certificate === undefined ? [stop(path, 'does not say which certificate stands for it')] : [];
  });
}

/** Rules ask for what the form has. What registers know is the platform's to say. */
function checkInstantFacts({ instantApproval, fields, situations }: CatalogueItem): ItemProblem[] {
  if (!instantApproval) return [];
  const known = new Set([...fields.map(({ name }) => `form.${name}`), ...situations.map(({ id }) => `answer.${id}`)]);
  return instantApproval.rules.flatMap(({ when }, index) =>
    factsOf(when)
      .filter((fact) => !fact.startsWith('register.') && !known.has(fact))
      .map((fact) => stop(`instantApproval.rules.${index}.when`, `there is no ${fact}`)),
  );
}

function stop(path: string, problem: string): ItemProblem {
  return { path, problem, weight: 'stop' };
}
