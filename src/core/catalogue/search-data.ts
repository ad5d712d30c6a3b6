import everydayWords from '../../../resources/search/everyday-words.json' with { type: 'json' };
import readings from '../../../resources/search/readings.json' with { type: 'json' };
import { SearchIndex } from '../../domain/search/search-index.ts';

/** An index that knows how characters are read and what people call things. */
export function createSearchIndex(): SearchIndex {
  return new SearchIndex(readings, everydayWords);
}
