import { startTransition, useCallback } from 'react';
import { afterPaint } from './after-paint.ts';

/**
 * For what leads from one page to the next: the frame after the press shows that the press was taken, and only then is the
 * next page made, in parts, so that it never holds up another press. Events keep their order.
 */
export function useAfterPress<E>(send: (event: E) => void): (event: E) => void {
  return useCallback((event) => void afterPaint().then(() => startTransition(() => send(event))), [send]);
}
