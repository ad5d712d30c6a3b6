const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Cuts a sentence into clauses and these into words, each with the punctuation that belongs to it. Chinese has no
 * spaces, so a browser may break a line inside a word; a heading breaks where a reader pauses.
 */
export function phrases(text: string): string[][] {
  return text.split(/(?<=[，。；：？！])(?=.)/u).map(wordsOf);
}

function wordsOf(clause: string): string[] {
  const found: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of words.segment(clause)) {
    if (/^[（《“「]$/u.test(segment)) {
      opening += segment;
    } else if (isWordLike === true || opening !== '' || found.length === 0) {
      found.push(opening + segment);
      opening = '';
    } else {
      found.push((found.pop() ?? '') + segment);
    }
  }
  return opening === '' ? found : [...found, opening];
}
