import type { ItemView } from '../../../contract/application-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';

/** What people compare first: time, journeys, money, and how much of it works without a counter. */
export function KeyFacts({ item }: { readonly item: ItemView }) {
  const text = useText();
  const { limits, visits, depth, fees } = item.guide;
  const facts = [
    {
      icon: 'clock',
      label: text('guide.promised'),
      value: limits.promised === 0 ? text('items.onTheSpot') : text('guide.days', { days: limits.promised }),
    },
    { icon: 'pin', label: text('guide.visits'), value: text('guide.visitsTimes', { visits }) },
    { icon: 'coins', label: text('guide.fees'), value: fees },
    { icon: 'flow', label: text('guide.depth'), value: text('guide.depthLevel', { depth }) },
  ] as const;
  return (
    <dl className="key-facts">
      {facts.map((fact) => (
        <div key={fact.icon}>
          <Icon name={fact.icon} />
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
