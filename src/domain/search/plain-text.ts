/**
 * What counts of a text when it is searched: letters and digits of any script, in one width and case. Spaces, brackets and
 * quotation marks go, since nobody types them.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
