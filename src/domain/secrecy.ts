import type { ReviewStamp } from './item-details.ts';

/**
 * What the secrecy review says of content that everybody could read. Only what is `open` may be published, packed or shown
 * (上网不涉密，涉密不上网): whoever does not say that it was looked at is treated as not looked at.
 */
export function secrecyOf({
  review,
}: {
  readonly review?: Pick<ReviewStamp, 'verdict'> | undefined;
}): 'unstamped' | ReviewStamp['verdict'] {
  return review?.verdict ?? 'unstamped';
}
