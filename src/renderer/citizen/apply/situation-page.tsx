import { useRef, useState } from 'react';
import type { ApplicationView } from '../../../contract/application-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { useVisit } from '../visit-context.tsx';

interface SituationPageProps {
  readonly situation: ApplicationView['situations'][number];
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onViewed: (view: ApplicationView) => void;
  readonly onNext: () => void;
}

/** One question about the person's situation: its answer chooses the materials and fields that follow. */
export function SituationPage({ situation, step, onBack, onViewed, onNext }: SituationPageProps) {
  const text = useText();
  const { fail } = useVisit();
  const [chosen, setChosen] = useState(situation.answer);
  const [asked, setAsked] = useState(false);
  const sending = useRef(false);
  const goOn = async () => {
    if (chosen === undefined) return setAsked(true);
    if (chosen === situation.answer) return onNext();
    if (sending.current) return;
    sending.current = true;
    const result = await kiosk.application.answerSituation({ question: situation.id, option: chosen });
    sending.current = false;
    if (!result.ok) return fail(result.error);
    onViewed(result.value);
    onNext();
  };
  return (
    <Page
      name="situation"
      title={situation.question}
      lead={situation.help}
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      next={{ label: text('page.continue'), onPress: () => void goOn() }}
    >
      <div className="apply-question" data-situation={situation.id}>
        {asked && chosen === undefined && (
          <Notice kind="error" name="wrong-required" title={text('apply.wrong.required')}>
            {text('apply.chooseFirst')}
          </Notice>
        )}
        <ChoiceList label={situation.question} options={situation.options} value={chosen} onChange={setChosen} />
      </div>
    </Page>
  );
}
