import { useEffect, useState } from 'react';
import type { LeftCard } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';

/**
 * Whether the card of the visit still lies on the reader: `gone` only after it was seen there. Nothing where nobody can tell.
 *
 * @param over core has ended the visit
 */
export function useLeftCard(over: boolean): LeftCard['card'] | undefined {
  const [card, setCard] = useState<LeftCard['card']>();
  useEffect(() => {
    if (!over) return undefined;
    return kiosk.session.watchLeftCard(
      (told) => setCard((before) => (told.card === 'present' || before === 'present' ? told.card : before)),
      () => {},
    );
  }, [over]);
  return card;
}
