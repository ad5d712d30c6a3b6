/**
 * Cuts a Chinese sentence after its punctuation. Chinese has no spaces, so a browser may break a line inside a word;
 * with each clause kept together the lines of a heading break where a reader pauses.
 */
export function clauses(text: string): string[] {
  return text.split(/(?<=[，。；：？！])(?=.)/u);
}
