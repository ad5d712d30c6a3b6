import { startTransition, useCallback, useEffect, useState } from 'react';
import { kiosk } from '../../bridge/kiosk.ts';
import type { CallFault } from '../visit-context.tsx';

type PrintAnswer = Awaited<ReturnType<typeof kiosk.receipt.print>>;
type PrintError = Extract<PrintAnswer, { readonly ok: false }>['error'];
type PrintFailure = Extract<PrintError, { readonly code: 'PRINT_FAILED' }>['data']['reason'];

/** What the person reads about the receipt. */
export type ReceiptState =
  | { readonly kind: 'printing' }
  | { readonly kind: 'printed' }
  /** The printer took it but has no way to say that it is on paper. */
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'failed'; readonly reason: PrintFailure };

/** Prints once when the page appears; again only when the person asks. `ready`: a finger is on the button for it. */
export function useReceipt(fail: (fault: CallFault) => void): {
  state: ReceiptState;
  ready: () => void;
  print: () => void;
} {
  const [state, setState] = useState<ReceiptState>({ kind: 'printing' });
  const settle = useCallback(
    (answer: PrintAnswer) => {
      if (answer.ok) setState({ kind: answer.value.outcome });
      else if (answer.error.code === 'PRINT_FAILED') setState({ kind: 'failed', reason: answer.error.data.reason });
      else fail(answer.error);
    },
    [fail],
  );
  useEffect(() => {
    void kiosk.receipt.print().then(settle);
  }, [settle]);
  const print = useCallback(() => {
    void kiosk.receipt.print().then(settle);
    // The call leaves first, the page is drawn after: paper is what the person waits for.
    startTransition(() => setState({ kind: 'printing' }));
  }, [settle]);
  return { state, ready, print };
}

/** What is wrong with it, printing tells. */
function ready(): void {
  void kiosk.receipt.ready();
}
