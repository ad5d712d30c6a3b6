import zhCN from '../../../resources/messages/notice.zh-CN.json' with { type: 'json' };
import type { NoticeDefect } from '../../contract/office/cases.ts';
import type { InstantDecision, InstantRules } from '../../domain/instant-approval.ts';
import { createText } from '../../domain/messages.ts';
import type { Defect } from '../../domain/notice/pre-review.ts';

const text = createText(zhCN, 'zh-CN');
/** Of any text in a change that a kiosk is told. */
const LONGEST = 500;
/** Of a material's name in a notice. */
const LONGEST_NAME = 200;

/** A defect that the rules found, in the words of the notice. Names of questions, fields and materials only: nothing personal. */
export function sayDefect(defect: Defect): NoticeDefect {
  const { rule, on, subject } = defect;
  return {
    rule,
    on: [...on],
    ...(isMaterial(defect) && { material: subject.slice(0, LONGEST_NAME) }),
    what: text(`notice.${defect.kind}`, { subject }).slice(0, LONGEST),
    how: howTo(defect),
  };
}

/** What the applicant reads with a decision by rules; nothing when a person is to decide. */
export function sayDecision({ rules }: InstantRules, { decision, trace }: InstantDecision): string | undefined {
  if (decision === 'human-review') return undefined;
  if (decision === 'approved') return text('notice.instant.approved');
  const reasons = trace
    .filter(({ outcome }, index) => outcome === 'fails' && rules[index]?.otherwise === 'refuse')
    .map(({ says }) => says);
  return text('notice.instant.refused', { reasons: reasons.join('') }).slice(0, LONGEST);
}

function isMaterial({ kind }: Defect): boolean {
  return kind === 'material-missing' || kind === 'too-many-pictures' || kind === 'certificate-expired';
}

function howTo({ kind, broken }: Defect): string {
  if (kind !== 'field-wrong') return text(`notice.${kind}.how`);
  // An answer that is missing is a defect of its own kind.
  if (broken === undefined || broken === 'required') throw new Error('a wrong field breaks a rule of its form');
  return text(`notice.field.${broken}`);
}
