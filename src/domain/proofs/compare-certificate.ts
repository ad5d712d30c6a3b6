/**
 * 证照比对: which of a form's answers say something else than the certificate does. What the certificate has no word for, by
 * the same label, is not compared. Full and half width and spaces make no difference, since forms and certificates were
 * typed in different offices.
 *
 * @param said answers by the label of their field, as they read
 * @param onCertificate what stands on it, by the words that are on it
 * @returns labels, in the order of the form
 */
export function differingLabels(
  said: Readonly<Record<string, string>>,
  onCertificate: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(said).flatMap(([label, value]) => {
    const there = onCertificate[label];
    return there === undefined || plain(there) === plain(value) ? [] : [label];
  });
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();
}
