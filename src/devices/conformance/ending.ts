/** How one use of a device ended. */
export type Ending =
  /** What the driver says is what happened at the device. */
  | { readonly kind: 'right' }
  /** It failed with a name; whether a good one is for the suite to say. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The driver ended it without a result: the caller left, or the line is gone. */
  | { readonly kind: 'ended' }
  /** The device was used and nothing came of it, which the driver was given time for. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'wrong'; readonly detail: string };

export const right: Ending = { kind: 'right' };

/** The text tells no content: what was read may be personal. */
export const wrong = (detail: string): Ending => ({ kind: 'wrong', detail });
