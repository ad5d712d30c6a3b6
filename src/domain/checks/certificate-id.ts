import { checkCreditCode } from '../credit-code.ts';
import { checkCharacter } from '../iso-7064.ts';
import { ok, stop, warn, type Verdict } from './verdict.ts';

/**
 * - `issuer-is-a-region`: six digits in place of the issuer's credit code, as test data of some provinces has it.
 * - `credit-code`: the defining body's or the issuer's code has a check character that does not fit.
 * - `check-character`: that of the identifier itself does not fit. The certificate library decides, not the kiosk.
 */
export type CertificateIdWarning = 'issuer-is-a-region' | 'credit-code' | 'check-character';

/** Certificate type (credit code of the body that defines it, and three digits), issuer, serial, version, check. */
const shape =
  /^1\.2\.156\.3005\.2\.(?<body>[0-9A-Z]{18})(?<kind>\d{3})\.(?<issuer>[0-9A-Z]{18}|\d{6})\.(?<serial>[0-9A-Z]{1,64})\.(?<version>\d{3})\.(?<check>[0-9A-Z])$/;

/**
 * Checks an 电子证照标识 after GB/T 36904-2018. Its last part is the check character of ISO/IEC 7064 MOD 37,36 over the
 * four parts after the root `1.2.156.3005.2`, joined without dots (agrees with five of seven published identifiers; the
 * two others are samples of interface documents).
 */
export function checkCertificateId(input: string): Verdict<CertificateIdWarning, 'malformed'> {
  // Unlike a number it has separators of its own, and nobody types it in groups.
  const value = input.normalize('NFKC').trim().toUpperCase();
  const parts = shape.exec(value)?.groups;
  if (!parts) return stop('malformed');
  const { body = '', kind = '', issuer = '', serial = '', version = '', check } = parts;
  if (checkCharacter([body, kind, issuer, serial, version].join('')) !== check) return warn(value, 'check-character');
  if (issuer.length === 6) return warn(value, 'issuer-is-a-region');
  return [body, issuer].every((code) => checkCreditCode(code) === 'valid') ? ok(value) : warn(value, 'credit-code');
}
