import { checkCreditCode } from './credit-code.ts';
import { parseItemCode } from './item-code.ts';
import { checkDetails } from './item-detail-rules.ts';
import type { CatalogueItem, FormField, PrefillSource, Situation } from './item.ts';
import type { Condition } from './item-details.ts';

/** Something wrong inside an item that its schema cannot see. */
export interface ItemProblem {
  /** Where, as in `fields.3.when.0.question`. */
  readonly path: string;
  readonly problem: string;
  /** `stop`: the item must not be offered. `warn`: it is offered, the catalogue's makers should look. */
  readonly weight: 'stop' | 'warn';
}

/** Catch-alls that a list of materials may not have: each paper must be named. */
const catchAll =
  /^(?:其他|其它|有关|相关|规定的其他)(?:的)?(?:材料|资料|文件|证明)|(?:其他|其它|有关|相关)(?:的)?(?:材料|资料|文件|证明|证明材料)$|等(?:有关|相关)?(?:材料|资料|文件|证明)$|(?:需要|要求|规定)(?:提交|提供)?的(?:其他|其它)/u;

const prefillTypes: Record<PrefillSource, readonly FormField['type'][]> = {
  'card.name': ['text'],
  'card.idNumber': ['id-number', 'text'],
  'card.sex': ['choice'],
  'card.nation': ['choice'],
  'card.birth': ['date'],
  'card.address': ['text'],
};

/** Everything an item promises with itself: codes agree, names are known and unique, conditions can hold. */
export function checkItem(item: CatalogueItem): ItemProblem[] {
  return [
    ...checkCode(item.code, item.department.creditCode, item.type, 'code'),
    ...checkLimits(item),
    ...checkNames(item),
    ...checkConditions(item),
    ...checkPrefills(item),
    ...checkMaterialNames(item),
    ...checkParts(item),
    ...checkDetails(item),
  ];
}

/** `type` undefined: parts of an 一件事 have types of their own. */
function checkCode(code: string, creditCode: string, type: string | undefined, path: string): ItemProblem[] {
  const parsed = parseItemCode(code);
  if (!parsed.ok || !parsed.value.body) return [stop(path, 'not an item code of 31 characters')];
  const problems: ItemProblem[] = [];
  if (parsed.value.body.creditCode !== creditCode) {
    problems.push(stop(path, `begins with another body than ${creditCode}`));
  }
  if (type !== undefined && parsed.value.type !== type) {
    problems.push(stop(path, `says type ${parsed.value.type}, the item says ${type}`));
  }
  const check = checkCreditCode(creditCode);
  if (check === 'malformed') problems.push(stop(path, 'the credit code of the body is malformed'));
  if (check === 'doubtful') {
    problems.push({ path, problem: 'the check character of the credit code does not fit', weight: 'warn' });
  }
  return problems;
}

function checkLimits({ kind, guide: { limits } }: CatalogueItem): ItemProblem[] {
  const problems: ItemProblem[] = [];
  if (limits.promised > limits.legal) problems.push(stop('guide.limits', 'promises more days than the law allows'));
  if ((kind === 'on-the-spot') !== (limits.promised === 0)) {
    problems.push(stop('guide.limits.promised', `does not fit the kind ${kind}`));
  }
  return problems;
}

/** Questions, fields and materials share one name space, since "what is missing" names them side by side. */
function checkNames({ situations, fields, materials }: CatalogueItem): ItemProblem[] {
  const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  return [
    ...repeated(
      { names: idsOf(situations), at: (index) => `situations.${index}.id` },
      { names: fields.map(({ name }) => name), at: (index) => `fields.${index}.name` },
      { names: idsOf(materials), at: (index) => `materials.${index}.id` },
    ),
    ...situations.flatMap(({ options }, place) =>
      repeated({ names: idsOf(options), at: (index) => `situations.${place}.options.${index}.id` }),
    ),
    ...fields.flatMap((field, place) =>
      field.type === 'choice' || field.type === 'choices'
        ? repeated({ names: idsOf(field.options), at: (index) => `fields.${place}.options.${index}.id` })
        : [],
    ),
  ];
}

/** Some names with their paths. A path is only made where something is wrong: a catalogue has thousands of items. */
interface Named {
  readonly names: readonly string[];
  readonly at: (index: number) => string;
}

function repeated(...groups: readonly Named[]): ItemProblem[] {
  const seen = new Set<string>();
  const problems: ItemProblem[] = [];
  for (const { names, at } of groups) {
    for (const [index, name] of names.entries()) {
      if (seen.has(name)) problems.push(stop(at(index), `${name} is used twice`));
      seen.add(name);
    }
  }
  return problems;
}

/** Conditions name questions asked before, so that answers can be followed from first to last. */
function checkConditions(item: CatalogueItem): ItemProblem[] {
  const { situations, fields, materials, variants = [] } = item;
  return [
    ...checkConditionsOf('situations', situations, (index) => situations.slice(0, index)),
    ...checkConditionsOf('fields', fields, () => situations),
    ...checkConditionsOf('materials', materials, () => situations),
    ...checkConditionsOf('variants', variants, () => situations),
  ];
}

function checkConditionsOf(
  path: string,
  list: readonly { readonly when?: Condition | undefined }[],
  askedBefore: (index: number) => readonly Situation[],
): ItemProblem[] {
  return list.flatMap(({ when = [] }, place) =>
    when.flatMap(({ question, anyOf }, index) => {
      const asked = askedBefore(place).find(({ id }) => id === question);
      const at = `${path}.${place}.when.${index}`;
      if (!asked) return [stop(`${at}.question`, `no question ${question} before this`)];
      const unknown = anyOf.findIndex((option) => !asked.options.some(({ id }) => id === option));
      return unknown < 0 ? [] : [stop(`${at}.anyOf.${unknown}`, `${question} has no such option`)];
    }),
  );
}

function checkPrefills(item: CatalogueItem): ItemProblem[] {
  return item.fields.flatMap(({ prefill, type }, index) =>
    prefill && !prefillTypes[prefill].includes(type)
      ? [stop(`fields.${index}.prefill`, `${prefill} does not fit a field of type ${type}`)]
      : [],
  );
}

function checkMaterialNames(item: CatalogueItem): ItemProblem[] {
  return item.materials.flatMap(({ name }, index) =>
    catchAll.test(name) ? [stop(`materials.${index}.name`, 'a catch-all, not a paper one can bring')] : [],
  );
}

/** Every part knows what it names, and nothing is asked that no part needs. */
function checkParts(item: CatalogueItem): ItemProblem[] {
  if (!item.parts) return [];
  const fields = new Set(item.fields.map(({ name }) => name));
  const materials = new Set(item.materials.map(({ id }) => id));
  const needed = new Set(item.parts.flatMap((part) => [...part.fields, ...part.materials]));
  return [
    ...item.parts.flatMap((part, index) => [
      ...checkCode(part.code, part.department.creditCode, undefined, `parts.${index}.code`),
      ...unknownNames(part.fields, fields, `parts.${index}.fields`),
      ...unknownNames(part.materials, materials, `parts.${index}.materials`),
    ]),
    ...repeated({ names: item.parts.map(({ code }) => code), at: (index) => `parts.${index}.code` }),
    ...item.fields.flatMap(({ name }, index) =>
      needed.has(name) ? [] : [stop(`fields.${index}.name`, `no part needs ${name}`)],
    ),
    ...item.materials.flatMap(({ id }, index) =>
      needed.has(id) ? [] : [stop(`materials.${index}.id`, `no part needs ${id}`)],
    ),
  ];
}

function unknownNames(names: readonly string[], known: ReadonlySet<string>, path: string): ItemProblem[] {
  return names.flatMap((name, index) => (known.has(name) ? [] : [stop(`${path}.${index}`, `there is no ${name}`)]));
}

function stop(path: string, problem: string): ItemProblem {
  return { path, problem, weight: 'stop' };
}
