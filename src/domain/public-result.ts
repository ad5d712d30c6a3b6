import { maskName } from './masking.ts';

/** What the public may read of a case that was granted. */
export interface PublicResult {
  /** The end of its number: who has the number knows their own, nobody finds the case by this. */
  readonly numberEnd: string;
  readonly itemName: string;
  readonly department: string;
  /** Masked, as `欧*`. */
  readonly applicant: string;
  /** YYYY-MM-DD */
  readonly decidedOn: string;
}

/** What is known of it; everything else of a case has no place in the list. */
export interface GrantedCase {
  readonly officialNumber: string;
  readonly itemName: string;
  readonly department: string;
  readonly applicantName: string;
  readonly decidedOn: string;
}

/**
 * A line of 结果公示: results are published (政府信息公开条例 art. 20 (5); 行政许可法 art. 40 says so of what is granted),
 * what is private is not (art. 15). So it has the name masked, no reason, no number of a person, and nothing of the form.
 * Names of items and departments come with the case; should somebody's number stand in one, its digits are taken out.
 */
export function publicResult(granted: GrantedCase): PublicResult {
  return {
    numberEnd: granted.officialNumber.slice(-shownDigits),
    itemName: withoutNumbers(granted.itemName),
    department: withoutNumbers(granted.department),
    applicant: withoutNumbers(maskName(granted.applicantName)),
    decidedOn: granted.decidedOn,
  };
}

const shownDigits = 4;
/** Seven digits and more, also with blanks or dashes in between: a telephone number or that of a person, but no year or article. */
const longNumber = /\p{Nd}(?:[\s\p{Pd}.]*\p{Nd}){6,}[\s\p{Pd}.]*[xXＸｘ]?/gu;

function withoutNumbers(text: string): string {
  return text.replaceAll(longNumber, '****');
}
