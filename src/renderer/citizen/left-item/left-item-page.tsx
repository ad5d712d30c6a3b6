import { useEffect, useState } from 'react';
import type { StatusView } from '../../../contract/visit-view.ts';
import { createText, locales } from '../../../domain/messages.ts';
import en from '../../../../resources/messages/left-item.en.json' with { type: 'json' };
import zhCN from '../../../../resources/messages/left-item.zh-CN.json' with { type: 'json' };
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { CardPicture } from '../card/card-picture.tsx';
import { useVisit } from '../visit-context.tsx';
import { startAlarm } from './alarm.ts';
import './left-item.css';

/** Both languages: whoever forgot it is on their way out, and whoever is here now may read the other one. */
const texts = { 'zh-CN': createText(zhCN, 'zh-CN'), en: createText(en, 'en') };
const [first, second] = [texts['zh-CN'], texts.en];

/** Somebody went and left their card: the kiosk calls until it is taken, and serves nobody meanwhile. */
export function LeftItemPage({ item }: { readonly item: NonNullable<StatusView['leftItem']> }) {
  const { hall } = useVisit();
  const [calls, setCalls] = useState(0);
  useEffect(() => startAlarm(() => setCalls((count) => count + 1)), []);
  const phone = hall?.phone ?? '';
  const key = item.found ? 'leftItem.found' : 'leftItem.passBy';
  return (
    <Page name="left-item" layout="centre" title={first('leftItem.title')} lead={first('leftItem.lead')}>
      <div className="left-item" data-item={item.item} data-found={item.found} data-calls={calls}>
        <CardPicture state="reading" label={first('leftItem.picture')} />
        <p className="left-item-other" lang={locales[1]}>
          {second('leftItem.title')}
        </p>
        <Notice kind="warn" title={first(key, { phone })}>
          <span lang={locales[1]}>{second(key, { phone })}</span>
        </Notice>
      </div>
    </Page>
  );
}
