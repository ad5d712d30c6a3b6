import { useEffect, useState } from 'react';
import type { ItemSummary, ItemView } from '../../../contract/application-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import type { CallFault } from '../visit-context.tsx';

/** The items of the hall; absent while they come, and until core is `ready` to be asked. */
export function useItems(fail: (fault: CallFault) => void, ready: boolean): readonly ItemSummary[] | undefined {
  const [items, setItems] = useState<readonly ItemSummary[]>();
  useEffect(() => {
    if (!ready) return undefined;
    let left = false;
    void kiosk.catalogue.list().then((listed) => {
      if (left) return;
      if (listed.ok) setItems(listed.value);
      else fail(listed.error);
    });
    return () => {
      left = true;
    };
  }, [fail, ready]);
  return items;
}

/** One item's guide; `unknown` when the catalogue no longer has it. */
export function useItem(code: string, fail: (fault: CallFault) => void): ItemView | 'unknown' | undefined {
  const [item, setItem] = useState<ItemView | 'unknown'>();
  useEffect(() => {
    let left = false;
    void kiosk.catalogue.item({ code }).then((found) => {
      if (left) return;
      if (found.ok) setItem(found.value);
      else if (found.error.code === 'UNKNOWN_ITEM') setItem('unknown');
      else fail(found.error);
    });
    return () => {
      left = true;
    };
  }, [code, fail]);
  return item;
}
