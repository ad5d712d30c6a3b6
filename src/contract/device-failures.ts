import { z } from 'zod';

/** Why a card could not be read. The same reasons reach the page, which has words for each. */
export const readFailure = z.enum([
  /** No reader is configured, its port is missing, or it was unplugged. */
  'reader-absent',
  /** The port is open but nothing sensible answers. */
  'reader-silent',
  /** The card was taken away while it was read. */
  'card-removed',
  /** The reader found a card and could not read it, also on the second try. */
  'card-unreadable',
  /** Not a card this terminal knows. */
  'card-unknown',
  /** Nobody laid a card on the reader in time. */
  'timed-out',
]);
export type ReadFailure = z.infer<typeof readFailure>;

/** Why a document is not on paper. */
export const printFailure = z.enum(['paper-out', 'cover-open', 'cutter', 'printer-fault', 'offline', 'absent', 'busy']);
export type PrintFailure = z.infer<typeof printFailure>;

/** Why a document was not scanned. */
export const scanFailure = z.enum([
  /** No scanner is configured, or nothing answers at its address. */
  'scanner-absent',
  /** It answers, but with errors or with what is no scanner's answer. */
  'scanner-fault',
  /** Somebody else's job runs, or it is warming up for too long. */
  'busy',
  /** The feeder holds no paper. */
  'feeder-empty',
  'jam',
  'cover-open',
  /** What was asked for is not among its capabilities. */
  'unsupported',
  /** A page larger than a page may be: neither stored nor decoded. */
  'page-too-large',
  /** Begun and not finished in time. */
  'timed-out',
]);
export type ScanFailure = z.infer<typeof scanFailure>;
