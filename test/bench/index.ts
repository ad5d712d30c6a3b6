import { cardToName } from './card-to-name.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';
import { print } from './print.ts';
import { startToHome } from './start-to-home.ts';
import { tapToPaint } from './tap-to-paint.ts';

export const measures: readonly Measure[] = [startToHome, cardToName, print, tapToPaint, memory];
