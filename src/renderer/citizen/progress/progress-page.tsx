import { useState } from 'react';
import type { ProgressView } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Keypad } from '../../input/keypad.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { tileState } from '../home/tile-state.ts';
import { useWhenReady } from '../use-when-ready.ts';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { ProgressResult } from './progress-result.tsx';
import { ShownCodeNotice } from './shown-code-notice.tsx';
import { useShownCode } from './use-shown-code.ts';

/** Limits of the number in the contract. */
const SHORTEST = 4;
const LONGEST = 64;

type Refusal = 'UNKNOWN_NUMBER' | 'PLATFORM_UNREACHABLE';

/** Where a case stands, by its number. No sign-in, so nothing personal comes back. */
export function ProgressPage() {
  const text = useText();
  const { status, send, fail } = useVisit();
  const [number, setNumber] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [found, setFound] = useState<ProgressView>();
  const [asked, setAsked] = useState<string>();
  const asking = asked !== undefined;
  const preparing = tileState(status, 'progress') === 'making-ready';
  const acts = asking && !preparing;
  useKeepAwake(acts);
  const ready = number.trim().length >= SHORTEST && !asking;
  const lookup = (wanted = number.trim()) => {
    setAsked(wanted);
    setRefusal(undefined);
  };
  const code = useShownCode(!found && !asking, lookup);
  const ask = async () => {
    if (asked === undefined) return;
    const answer = await kiosk.progress.lookup({ number: asked });
    setAsked(undefined);
    if (answer.ok) setFound(answer.value);
    else if (answer.error.code === 'UNKNOWN_NUMBER' || answer.error.code === 'PLATFORM_UNREACHABLE')
      setRefusal(answer.error.code);
    else fail(answer.error);
  };
  useWhenReady(asking, !preparing, () => void ask());
  const home = { label: text('page.home'), icon: 'home', onPress: () => send({ kind: 'home' }) } as const;
  if (found) {
    return (
      <Page
        name="progress"
        title={text('progress.resultTitle')}
        lead={found.itemName}
        back={home}
        next={{
          label: text('progress.another'),
          icon: 'refresh',
          onPress: () => {
            setFound(undefined);
            setNumber('');
          },
        }}
      >
        <ProgressResult found={found} />
      </Page>
    );
  }
  return (
    <Page
      name="progress"
      title={text('progress.title')}
      lead={text('progress.lead')}
      aside={
        refusal ? (
          <Notice kind="warn" name={refusal} title={text(`progress.${refusal}`)}>
            {text(`progress.${refusal}_TEXT`)}
          </Notice>
        ) : (
          <ShownCodeNotice code={code} />
        )
      }
      back={home}
      next={{
        label: text(acts ? 'progress.asking' : asking ? 'home.making-ready' : 'progress.lookup'),
        icon: 'progress',
        isDisabled: !ready,
        onPress: () => lookup(),
      }}
      dock={
        <Keypad
          kind="case-number"
          label={text('progress.number')}
          value={number}
          maxLength={LONGEST}
          isInvalid={refusal === 'UNKNOWN_NUMBER'}
          onChange={(value) => {
            setNumber(value);
            setRefusal(undefined);
            code.forget();
          }}
          onDone={() => {
            if (ready) lookup();
          }}
        />
      }
    />
  );
}
