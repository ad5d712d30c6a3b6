import { useRef, useState } from 'react';
import type { FieldView } from '../../../contract/application-view.ts';
import { checkCreditCode } from '../../../domain/credit-code.ts';
import type { FieldRule } from '../../../domain/form-rules.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { finishDate } from '../../input/date-entry.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { useVisit } from '../visit-context.tsx';
import { AnswerEditor, isTyped } from './answer-editor.tsx';
import { answerText } from './answer-text.ts';
import { KnownAnswer } from './known-answer.tsx';

interface QuestionPageProps {
  readonly answer: FieldView;
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onAnswered: (answer: FieldView) => void;
  readonly onNext: () => void;
}

/**
 * One field on one page. What is already known is shown with its source and only confirmed; it can be replaced, and the
 * replacement is typed from nothing, since the page does not have the whole value.
 */
export function QuestionPage({ answer, step, onBack, onAnswered, onNext }: QuestionPageProps) {
  const text = useText();
  const { fail } = useVisit();
  const { field } = answer;
  const isKnown = Boolean(answer.value) && (answer.masked || answer.source === 'card');
  const [replacing, setReplacing] = useState(false);
  const stored = isKnown ? '' : (answer.value ?? '');
  const [draft, setDraft] = useState(stored);
  const [broken, setBroken] = useState<FieldRule>();
  const [doubted, setDoubted] = useState<string>();
  const sending = useRef(false);
  const editing = !isKnown || replacing;

  const change = (value: string) => {
    setDraft(value);
    setBroken(undefined);
  };
  const goOn = async () => {
    const value = field.type === 'date' ? finishDate(draft) : draft;
    const unchanged = value === stored && (value !== '' || !field.required) && !replacing;
    if (!editing || unchanged) return onNext();
    // Genuine codes with a wrong check character exist: ask once, then believe the person.
    if (field.type === 'credit-code' && checkCreditCode(value) === 'doubtful' && doubted !== value) {
      return setDoubted(value);
    }
    if (sending.current) return;
    sending.current = true;
    const result = await kiosk.application.setField({ name: field.name, value });
    sending.current = false;
    if (result.ok) {
      onAnswered(result.value);
      onNext();
    } else if (result.error.code === 'INVALID') setBroken(result.error.data.rule);
    else fail(result.error);
  };

  const problem = broken && (
    <Notice kind="error" name={`wrong-${broken}`} title={text(`apply.wrong.${broken}`)}>
      {text(`apply.fix.${broken}`, {
        count: draft.length,
        length: field.type === 'text' ? field.maxLength : 0,
        min: field.type === 'number' ? field.min : 0,
        max: field.type === 'number' ? field.max : 0,
      })}
    </Notice>
  );
  const doubt = doubted !== undefined && doubted === draft && (
    <Notice kind="warn" name="doubtful" title={text('apply.doubtful')}>
      {text('apply.doubtfulText')}
    </Notice>
  );
  const editor = editing && (
    <AnswerEditor
      field={field}
      value={draft}
      onChange={change}
      onDone={() => void goOn()}
      isInvalid={broken !== undefined}
    />
  );
  const onPad = isTyped(field) && editing;
  const marks = { 'data-field': field.name, 'data-type': field.type, 'data-known': !editing || undefined };
  return (
    <Page
      name="question"
      title={field.question}
      lead={
        field.help !== undefined || !field.required ? (
          <>
            {!field.required && <span className="apply-optional">{text('apply.optional')}</span>}
            {field.help}
          </>
        ) : undefined
      }
      aside={
        <Disclosure label={text('apply.why')} name="why">
          <p>{field.reason}</p>
        </Disclosure>
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      other={
        isKnown && replacing
          ? {
              label: text('apply.keepKnown'),
              onPress: () => {
                setReplacing(false);
                change('');
              },
            }
          : undefined
      }
      next={{ label: text('page.continue'), onPress: () => void goOn() }}
      dock={
        onPad ? (
          <div className="apply-dock" {...marks}>
            {problem}
            {doubt}
            {editor}
          </div>
        ) : undefined
      }
    >
      {!onPad && (
        <div className="apply-question" {...marks}>
          {editing ? (
            <>
              {problem}
              {editor}
            </>
          ) : (
            <KnownAnswer
              value={answerText(answer, text) ?? ''}
              source={answer.source ?? 'person'}
              onReplace={() => setReplacing(true)}
            />
          )}
        </div>
      )}
    </Page>
  );
}
