import { useEffect, useEffectEvent, useState } from 'react';
import type { HandedIn } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useKeepAwake, useVisit } from '../visit-context.tsx';

interface SubmitPageProps {
  readonly onIncomplete: () => void;
  readonly onHandedIn: (handedIn: HandedIn) => void;
}

type StoreCause = 'disk-full' | 'read-only' | 'input-output';

/** Hands in, once: there is no way back from here, and trying again answers the same case. */
export function SubmitPage({ onIncomplete, onHandedIn }: SubmitPageProps) {
  const text = useText();
  const { fail, end, send } = useVisit();
  const [attempt, setAttempt] = useState(1);
  const [outcome, setOutcome] = useState<{ readonly attempt: number; readonly refused: StoreCause }>();
  const refused = outcome?.attempt === attempt ? outcome.refused : undefined;
  useKeepAwake(refused === undefined);
  const handedIn = useEffectEvent(onHandedIn);
  const incomplete = useEffectEvent(onIncomplete);
  const failed = useEffectEvent(fail);
  const withoutNumber = useEffectEvent(() => send({ kind: 'window', why: 'numbers' }));
  useEffect(() => {
    let left = false;
    void kiosk.application.submit().then((result) => {
      if (left) return;
      if (result.ok) handedIn(result.value);
      else if (result.error.code === 'INCOMPLETE') incomplete();
      else if (result.error.code === 'NUMBERS_USED_UP') withoutNumber();
      else if (result.error.code === 'STORE_FAILED') setOutcome({ attempt, refused: result.error.data.cause });
      else failed(result.error);
    });
    return () => {
      left = true;
    };
  }, [attempt]);

  if (refused === undefined) {
    return (
      <Page name="submitting" layout="centre" title={text('apply.submit.title')} lead={text('apply.submit.lead')}>
        <Working text={text('apply.submit.working')} />
      </Page>
    );
  }
  return (
    <Page
      name="submit-failed"
      layout="centre"
      title={text('apply.submit.failed')}
      other={{ label: text('apply.submit.leave'), icon: 'exit', onPress: () => end('left') }}
      next={{ label: text('apply.submit.again'), icon: 'refresh', onPress: () => setAttempt(attempt + 1) }}
    >
      <Notice kind="error" name={`store-${refused}`} title={text('apply.submit.notStored')}>
        <p>{text('apply.submit.notStoredText')}</p>
        <p>{text('apply.submit.tellStaff', { cause: text(`apply.submit.cause.${refused}`) })}</p>
      </Notice>
    </Page>
  );
}
