import type { Measure } from '../measure.ts';
import { platformIntake } from './platform-intake.ts';

/** What core and platform promise about work and memory; plain Node. */
export const coreMeasures: readonly Measure[] = [platformIntake];
