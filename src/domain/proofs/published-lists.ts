import type { PublishedLists } from './substitution.ts';

/** The published lists as the rules want them, out of the two files that come with a catalogue. */
export function publishedLists(
  certificates: readonly { readonly id: string; readonly paperNotAsked: boolean }[],
  proofs: { readonly retained: readonly { readonly id: string }[] },
): PublishedLists {
  return {
    retainedProofs: new Set(proofs.retained.map(({ id }) => id)),
    paperFree: new Set(certificates.filter(({ paperNotAsked }) => paperNotAsked).map(({ id }) => id)),
  };
}
