import { useState } from 'react';
import { kiosk } from '../../bridge/kiosk.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { tileState } from '../home/tile-state.ts';
import { useWhenReady } from '../use-when-ready.ts';
import { useVisit } from '../visit-context.tsx';
import { VISIT_STEPS } from '../visit.ts';

/** What a notice before collection says (PIPL art. 17 and 30), in the order people ask. */
const points: readonly { readonly icon: IconName; readonly title: PageKey; readonly text: PageKey }[] = [
  { icon: 'building', title: 'consent.who', text: 'consent.whoText' },
  { icon: 'card', title: 'consent.what', text: 'consent.whatText' },
  { icon: 'question', title: 'consent.why', text: 'consent.whyText' },
  { icon: 'clock', title: 'consent.howLong', text: 'consent.howLongText' },
  { icon: 'shield', title: 'consent.rights', text: 'consent.rightsText' },
  { icon: 'people', title: 'consent.children', text: 'consent.childrenText' },
];

/**
 * Notice and consent, before any device opens. The session starts when the person agrees, so that refusing leaves nothing
 * behind. Sensitive data has a consent of its own (art. 29): a mark the person sets, not one that is already there.
 */
export function ConsentPage() {
  const text = useText();
  const { locale } = useLocale();
  const { status, hall, send, fail } = useVisit();
  const [agreed, setAgreed] = useState<string[]>([]);
  const [given, setGiven] = useState(false);
  const preparing = tileState(status, 'apply') === 'making-ready';
  const consent = async () => {
    const started = await kiosk.session.start({ locale });
    if (!started.ok) return fail(started.error);
    const consented = await kiosk.session.consent();
    if (!consented.ok) return fail(consented.error);
    send({ kind: 'consented' });
  };
  useWhenReady(given, !preparing, () => void consent());
  return (
    <Page
      name="consent"
      title={text('consent.title')}
      lead={text('consent.lead')}
      step={{ current: 1, total: VISIT_STEPS, stage: 'prepare' }}
      back={{ label: text('page.back'), onPress: () => send({ kind: 'home' }) }}
      other={{ label: text('consent.refuse'), onPress: () => send({ kind: 'window', why: 'no-consent' }) }}
      next={{
        label: text('consent.agree'),
        isDisabled: agreed.length === 0 || given,
        onPress: () => setGiven(true),
      }}
      dock={
        <>
          <CheckList
            label={text('consent.sensitiveLabel')}
            value={agreed}
            onChange={setAgreed}
            options={[{ id: 'sensitive', label: text('consent.sensitive'), help: text('consent.sensitiveHelp') }]}
          />
          {given && preparing && <Working compact text={text('page.preparing')} />}
        </>
      }
    >
      <dl className="consent-points">
        {points.map((point) => (
          <div key={point.title} className="consent-point">
            <dt>
              <Icon name={point.icon} />
              {text(point.title)}
            </dt>
            <dd>{text(point.text, { hall: hall?.name ?? '' })}</dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
