import { checkItem } from '../item-rules.ts';
import { parseItemCode } from '../item-code.ts';
import type { CatalogueItem, Material } from '../item.ts';
import type { CatalogueLists } from './lists.ts';

export interface LintFinding {
  /** 实施编码 of the item. */
  readonly code: string;
  readonly path: string;
  readonly problem: string;
}

/** A text that stands where somebody should still write one, or one with a mark that was to be replaced. */
const leftover = /^(?:无|暂无|待定|待补充|略|同上|见附件|详见.{0,12}|TODO|XX+|\/|-)[。.]?$|[@＠]/iu;

/** What makers of a catalogue must give beyond what a page needs to work. */
const wantedParts = ['review', 'record', 'conditions', 'tags', 'stages'] as const;

/**
 * Looks through one region's catalogue: every problem of every item, and what only shows beside the others. An empty
 * answer means that every guide is complete and everything agrees.
 */
export function lintCatalogue(items: readonly CatalogueItem[], lists: CatalogueLists): LintFinding[] {
  return [
    ...items.flatMap((item) => [
      ...checkItem(item).map(({ path, problem }) => ({ code: item.code, path, problem })),
      ...lintGuide(item),
      ...lintMaterials(item, lists),
      ...lintOffice(item, lists),
    ]),
    ...lintCodes(items),
    ...lintCopies(items),
  ];
}

function lintGuide(item: CatalogueItem): LintFinding[] {
  const { code, guide } = item;
  const missing = wantedParts.filter((part) => item[part] === undefined);
  return [
    ...missing.map((path) => ({ code, path, problem: 'missing' })),
    ...(guide.questions.length < 2
      ? [{ code, path: 'guide.questions', problem: 'fewer than two common questions' }]
      : []),
    ...(guide.flow.length < 3 ? [{ code, path: 'guide.flow', problem: 'fewer than three steps' }] : []),
    ...textsOf(item)
      .filter(([, text]) => leftover.test(text))
      .map(([path]) => ({ code, path, problem: 'says nothing' })),
    ...(item.record && !item.record.terminal
      ? [{ code, path: 'record.terminal', problem: 'not for terminals, so not for this catalogue' }]
      : []),
  ];
}

function lintMaterials(item: CatalogueItem, { certificates, proofs }: CatalogueLists): LintFinding[] {
  return item.materials.flatMap((material, index) =>
    materialProblems(material, certificates, proofs).map((problem) => ({
      code: item.code,
      path: `materials.${index}`,
      problem,
    })),
  );
}

function materialProblems(
  { name, certificate, proof, source, substitutes = [], pledge }: Material,
  certificates: CatalogueLists['certificates'],
  proofs: CatalogueLists['proofs'],
): string[] {
  const type = certificates.find(({ id }) => id === certificate);
  const problems: string[] = [];
  if (certificate !== undefined && !type) problems.push(`there is no certificate type ${certificate}`);
  const named = certificates.find((one) => one.paperNotAsked && name.includes(one.name)) ?? type;
  if (named?.paperNotAsked && source === 'scan' && !substitutes.includes('e-certificate'))
    problems.push(`asks for ${named.name} on paper`);
  if (proof !== undefined && !proofs.retained.some(({ id }) => id === proof))
    problems.push(`${proof} is not on the list of retained proofs`);
  // 《出生医学证明》 and 完税证明 are certificates by law although their names end like that.
  if (proof === undefined && certificate === undefined && /证明(?:信|书)?$/u.test(name))
    problems.push('a proof that is not on the list of retained proofs');
  const isCommitment = substitutes.includes('commitment');
  if (isCommitment && !pledge)
    problems.push('a commitment that does not say what is promised and what follows from it');
  if (!isCommitment && pledge) problems.push('the text of a commitment that is not among its substitutes');
  const gone = proofs.cancelled.find((one) => name.includes(one.name));
  if (gone) problems.push(`a cancelled proof (${gone.ground}): ${gone.instead}`);
  return problems;
}

function lintOffice({ code, department }: CatalogueItem, { regions }: CatalogueLists): LintFinding[] {
  const office = regions
    .flatMap(({ offices }) => offices)
    .find(({ creditCode }) => creditCode === department.creditCode);
  if (!office) return [{ code, path: 'department.creditCode', problem: 'no such office in the region tree' }];
  if (office.name === department.name) return [];
  return [{ code, path: 'department.name', problem: `the region tree says ${office.name}` }];
}

/** 同一事项同一编码, and the parts of an 一件事 are items of this catalogue. */
function lintCodes(items: readonly CatalogueItem[]): LintFinding[] {
  const findings: LintFinding[] = [];
  const codes = new Map<string, CatalogueItem>();
  const nameOf = new Map<string, string>();
  const basicOf = new Map<string, string>();
  for (const item of items) {
    const { code, name } = item;
    if (codes.has(code)) findings.push({ code, path: 'code', problem: 'is used twice' });
    codes.set(code, item);
    const basic = basicCode(code);
    const otherName = nameOf.get(basic);
    if (otherName !== undefined && otherName !== name)
      findings.push({ code, path: 'code', problem: `the basic code is that of ${otherName} too` });
    const otherBasic = basicOf.get(name);
    if (otherBasic !== undefined && otherBasic !== basic)
      findings.push({ code, path: 'name', problem: `has the basic code ${otherBasic} elsewhere` });
    nameOf.set(basic, name);
    basicOf.set(name, basic);
  }
  for (const { code, parts = [] } of items)
    for (const [index, part] of parts.entries()) {
      const whole = codes.get(part.code);
      const path = `parts.${index}.code`;
      if (!whole) findings.push({ code, path, problem: 'no item of this catalogue' });
      else if (whole.name !== part.name) findings.push({ code, path, problem: `the item is called ${whole.name}` });
    }
  return findings;
}

/** Answers that were copied from one item to another say too little about either. */
function lintCopies(items: readonly CatalogueItem[]): LintFinding[] {
  const seen = new Map<string, string>();
  return items.flatMap((item) => {
    const texts = [
      ['guide.audience', item.guide.audience] as const,
      ['guide.result', item.guide.result] as const,
      ...item.guide.questions.map(({ answer }, index) => [`guide.questions.${index}.answer`, answer] as const),
    ];
    return texts.flatMap(([path, text]) => {
      const first = seen.get(text);
      seen.set(text, first ?? item.name);
      return first === undefined ? [] : [{ code: item.code, path, problem: `the same words as in ${first}` }];
    });
  });
}

function basicCode(code: string): string {
  const parsed = parseItemCode(code);
  return parsed.ok ? parsed.value.basic : code;
}

/** Every text inside, with its path. */
function textsOf(value: unknown, path = ''): (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => textsOf(inside, path === '' ? key : `${path}.${key}`));
}
