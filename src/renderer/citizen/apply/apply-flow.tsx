import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import type { ApplicationView } from '../../../contract/application-view.ts';
import { assertNever } from '../../../domain/result.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { useAfterPress } from '../../ui/use-after-press.ts';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import type { ApplicationPageProps } from '../application-page.ts';
import { type CallFault, useVisit } from '../visit-context.tsx';
import { CheckPage } from './check-page.tsx';
import { isFirst, journey, progress, startJourney } from './journey.ts';
import { MaterialsPage } from './materials-page.tsx';
import { keyOf } from './pages.ts';
import { QuestionPage } from './question-page.tsx';
import { ScanPage } from './scan-page.tsx';
import { SignPage } from './sign-page.tsx';
import { SituationPage } from './situation-page.tsx';

/** An application from its first question to handing in, whatever the item. */
export function ApplyFlow(props: ApplicationPageProps) {
  const text = useText();
  const { fail, send } = useVisit();
  const [view, setView] = useState<ApplicationView>();
  const failed = useEffectEvent((error: CallFault) => {
    if (error.code === 'BACKLOG_FULL') send({ kind: 'window', why: 'backlog' });
    else if (error.code === 'NUMBERS_USED_UP') send({ kind: 'window', why: 'numbers' });
    else fail(error);
  });
  const { code } = props;
  useEffect(() => {
    let left = false;
    void kiosk.application.begin({ code }).then((result) => {
      if (left) return;
      if (result.ok) setView(result.value);
      else failed(result.error);
    });
    return () => {
      left = true;
    };
  }, [code]);
  if (view) return <Journey {...props} view={view} />;
  return (
    <Page name="apply-starting" layout="centre" title={text('apply.starting')}>
      <Working text={text('apply.startingText')} />
    </Page>
  );
}

function Journey(props: ApplicationPageProps & { readonly view: ApplicationView }) {
  const [state, sendNow] = useReducer(journey, props.view, startJourney);
  const send = useAfterPress(sendNow);
  const { page, view } = state;
  const common = {
    step: progress(state),
    onBack: () => (isFirst(state) ? props.onLeave() : send({ kind: 'back' })),
    onNext: () => send({ kind: 'next' }),
  };
  // A page of its own for every question: nothing of the last one stays in a field.
  const key = keyOf(page);
  const onViewed = (next: ApplicationView) => send({ kind: 'viewed', view: next });
  switch (page.kind) {
    case 'situation': {
      const situation = view.situations.find(({ id }) => id === page.id);
      return situation && <SituationPage key={key} {...common} situation={situation} onViewed={onViewed} />;
    }
    case 'materials':
      return <MaterialsPage key={key} {...common} view={view} />;
    case 'question': {
      const answer = view.fields.find(({ field }) => field.name === page.name);
      return (
        answer && (
          <QuestionPage
            key={key}
            {...common}
            answer={answer}
            onAnswered={(field) => send({ kind: 'field-set', field })}
          />
        )
      );
    }
    case 'scan': {
      const material = view.materials.find(({ id }) => id === page.material);
      return material && <ScanPage key={key} {...common} material={material} onViewed={onViewed} />;
    }
    case 'check':
      return (
        <CheckPage
          key={key}
          {...common}
          onViewed={onViewed}
          onChange={(changed) => send({ kind: 'change', page: changed })}
        />
      );
    case 'sign':
      return (
        <SignPage
          key={key}
          {...common}
          view={view}
          onIncomplete={() => send({ kind: 'recheck' })}
          onHandedIn={props.onHandedIn}
        />
      );
    default:
      return assertNever(page);
  }
}
