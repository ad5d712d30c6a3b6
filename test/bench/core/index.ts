import type { Measure } from '../measure.ts';
import { draining } from './draining.ts';
import { handIns } from './hand-ins.ts';
import { platformIntake } from './platform-intake.ts';
import { platformStart } from './platform-start.ts';
import { queued } from './queued.ts';
import { upload, uploadResumed } from './upload.ts';

export interface CoreSizes {
  /** Cases that are drained at a time. */
  readonly drained: number;
  /** Cases that wait at a kiosk while it is started and weighed. */
  readonly queued: number;
}

/** What core and platform promise about work and memory; plain Node. */
export function coreMeasures(sizes: CoreSizes): readonly Measure[] {
  return [handIns, draining(sizes.drained), upload, uploadResumed, queued(sizes.queued), platformIntake, platformStart];
}
