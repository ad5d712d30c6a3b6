/** What a driver can do wrong. */
export type ConformanceFailure =
  /** The manifest says something else than the driver, or is not well-formed. */
  | 'manifest'
  /** It said that something happened at the device that did not, or not so. */
  | 'wrong-result'
  /** It did not do what the device could have done. */
  | 'no-result'
  /** It failed, and not with one of the names that its class has for it. */
  | 'not-named'
  /** It was not over in time. */
  | 'too-late'
  | 'unhandled-rejection'
  /** A listener, a timer or bytes with personal data stay behind. */
  | 'left-over'
  | 'told-personal-data';

export class Nonconformity extends Error {
  override name = 'Nonconformity';
  readonly reason: ConformanceFailure;

  constructor(reason: ConformanceFailure, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
