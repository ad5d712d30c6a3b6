import { assertNever } from '../../domain/result.ts';
import type { Conformance } from './description.ts';
import type { Ending } from './ending.ts';
import { cueLampUses } from './lamps.ts';
import { codeReaderUses, ratingPadUses } from './presses.ts';
import { printerUses } from './printing.ts';
import { cardUses } from './reading.ts';
import { scannerUses } from './scanning.ts';
import type { Stage } from './stage.ts';

/** One way to use a device of a class, from what a person does at it to what the driver says. */
export interface Use {
  readonly name: string;
  /**
   * Ends with the driver's own end. `quietMs`: how long a driver that only tells of events is given to tell of this one.
   * Rejects as the driver does, so also with the signal's reason.
   */
  run(stage: Stage, signal: AbortSignal, quietMs: number): Promise<Ending>;
}

/** All of them; using a device means one after the other. */
export function usesOf(description: Conformance): readonly [Use, ...Use[]] {
  switch (description.class) {
    case 'id-reader':
      return cardUses(description);
    case 'ticket-printer':
      return printerUses(description);
    case 'rating-pad':
      return ratingPadUses(description);
    case 'code-reader':
      return codeReaderUses(description);
    case 'cue-lamps':
      return cueLampUses(description);
    case 'document-scanner':
      return scannerUses(description);
    default:
      return assertNever(description);
  }
}
