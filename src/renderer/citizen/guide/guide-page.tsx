import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { tileState } from '../home/tile-state.ts';
import { useItem } from '../items/use-catalogue.ts';
import { useVisit } from '../visit-context.tsx';
import { GuideSections } from './guide-sections.tsx';
import { KeyFacts } from './key-facts.tsx';

/** The guide of one item: the seven elements, and the way into the application when it works now. */
export function GuidePage({ code }: { readonly code: string }) {
  const text = useText();
  const { send, status, fail } = useVisit();
  const item = useItem(code, fail);
  const back = { label: text('page.back'), onPress: () => send({ kind: 'guides' }) } as const;
  if (item === undefined || item === 'unknown') {
    return (
      <Page name="guide" title={text('guide.title')} back={back}>
        {item === undefined ? (
          <Working text={text('page.loading')} />
        ) : (
          <Notice kind="warn" title={text('guide.unknown')} />
        )}
      </Page>
    );
  }
  const works = tileState(status, 'apply') === 'works';
  return (
    <Page
      name="guide"
      title={item.name}
      lead={
        item.alsoCalled.length > 0
          ? text('items.also', { names: item.alsoCalled.join(text('items.separator')) })
          : undefined
      }
      aside={<KeyFacts item={item} />}
      back={back}
      next={
        works
          ? { label: text('guide.apply'), onPress: () => send({ kind: 'apply', wanted: item.code }) }
          : { label: text('guide.applyNot'), isDisabled: true, icon: 'info', onPress: () => {} }
      }
    >
      <GuideSections item={item} />
    </Page>
  );
}
