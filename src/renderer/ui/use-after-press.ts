import { startTransition, useCallback } from 'react';

/**
 * For what leads from one page to the next: the frame after the press shows that the press was taken, and the next page is
 * made after it, in parts, so that it never holds up another press.
 */
export function useAfterPress<E>(send: (event: E) => void): (event: E) => void {
  return useCallback((event) => startTransition(() => send(event)), [send]);
}
