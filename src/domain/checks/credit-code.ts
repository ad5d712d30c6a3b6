import { checkCreditCode } from '../credit-code.ts';
import { compact, ok, stop, warn, type Verdict } from './verdict.ts';

/**
 * Checks a 统一社会信用代码 after GB 32100-2015. Codes were issued whose check character does not fit (several from
 * Fujian), so that is a warning: an owner is not turned away for what their licence says.
 */
export function checkEnteredCreditCode(input: string): Verdict<'check-character', 'malformed'> {
  const value = compact(input);
  switch (checkCreditCode(value)) {
    case 'valid':
      return ok(value);
    case 'doubtful':
      return warn(value, 'check-character');
    case 'malformed':
      return stop('malformed');
  }
}
