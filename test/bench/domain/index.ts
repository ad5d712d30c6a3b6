import type { Measure } from '../measure.ts';
import { catalogueLoad } from './catalogue-load.ts';
import { cataloguePull } from './catalogue-pull.ts';
import { colloquial } from './colloquial.ts';
import { searchSpeed } from './search-speed.ts';

/** What the hall's knowledge promises; plain Node. */
export const domainMeasures: readonly Measure[] = [colloquial, searchSpeed, catalogueLoad, cataloguePull];
