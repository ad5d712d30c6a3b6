import type { ItemSummary } from '../../../contract/application-view.ts';
import type { MaskedPerson } from '../../../domain/identity.ts';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { tileState } from '../home/tile-state.ts';
import { useVisit } from '../visit-context.tsx';
import { VISIT_STEPS } from '../visit.ts';
import { ItemButton } from './item-button.tsx';
import { useItems } from './use-catalogue.ts';

export interface ItemsPageProps {
  /** To apply for the item, or to read its guide. */
  readonly purpose: 'apply' | 'guide';
  readonly person?: MaskedPerson;
}

/** The catalogue as a list to choose from. */
export function ItemsPage({ purpose, person }: ItemsPageProps) {
  const text = useText();
  const { status, send, fail, end } = useVisit();
  const preparing = tileState(status, 'guide') === 'making-ready';
  const items = useItems(fail, !preparing);
  const applying = purpose === 'apply';
  const choose = (item: ItemSummary) => send({ kind: applying ? 'chosen' : 'guide', code: item.code });
  return (
    <Page
      name={applying ? 'items' : 'guides'}
      title={text(applying ? 'items.chooseTitle' : 'items.guideTitle')}
      lead={text(applying ? 'items.chooseLead' : 'items.guideLead')}
      step={applying ? { current: 3, total: VISIT_STEPS, stage: 'prepare' } : undefined}
      aside={
        person && (
          <p className="items-person">
            <Icon name="person" />
            {text('items.person', { name: person.name, digits: person.idLast4 })}
          </p>
        )
      }
      back={
        applying
          ? { label: text('card.cancel'), onPress: () => end('left') }
          : { label: text('page.home'), icon: 'home', onPress: () => send({ kind: 'home' }) }
      }
    >
      {items === undefined && <Working text={text(preparing ? 'page.preparing' : 'page.loading')} />}
      {items?.length === 0 && (
        <Notice kind="warn" title={text('items.none')}>
          {text('items.noneText')}
        </Notice>
      )}
      <ul className="items">
        {items?.map((item) => (
          <li key={item.code}>
            <ItemButton item={item} onPress={() => choose(item)} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
