import { Button as AriaButton } from 'react-aria-components';
import type { ItemSummary } from '../../../contract/application-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';
import { usePress } from '../../ui/use-press.ts';

/** One item of the list, with what people compare: how often to come, how long it takes. */
export function ItemButton({ item, onPress }: { readonly item: ItemSummary; readonly onPress: () => void }) {
  const text = useText();
  const press = usePress(onPress);
  return (
    <AriaButton
      className="item"
      data-item={item.code}
      data-life-event={item.isLifeEvent || undefined}
      isDisabled={press.settling}
      onPress={press.onPress}
    >
      <span className="item-words">
        {item.isLifeEvent && <span className="item-badge">{text('items.lifeEvent')}</span>}
        <span className="item-name">{item.name}</span>
        {item.alsoCalled.length > 0 && (
          <span className="item-also">
            {text('items.also', { names: item.alsoCalled.join(text('items.separator')) })}
          </span>
        )}
        <span className="item-facts">
          <span>
            <Icon name="clock" />
            {item.kind === 'on-the-spot' ? text('items.onTheSpot') : text('items.days', { days: item.promisedDays })}
          </span>
          <span>
            <Icon name="pin" />
            {text('items.visits', { visits: item.visits })}
          </span>
          <span>
            <Icon name="building" />
            {item.department}
          </span>
        </span>
      </span>
      <Icon name="chevron-right" />
    </AriaButton>
  );
}
