import regions from '../../../resources/catalogue/lists/regions.json' with { type: 'json' };
import { regionName } from '../../domain/catalogue/region-name.ts';

/** What a region is called, by the tree that comes with the catalogue. */
export const nameOfRegion = (code: string): string | undefined => regionName(regions, code);
