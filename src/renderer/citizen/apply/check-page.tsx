import { useEffect, useEffectEvent, useState } from 'react';
import type { ApplicationView, ReviewView } from '../../../contract/application-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import type { Fact } from '../../ui/fact-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useVisit } from '../visit-context.tsx';
import { answerText } from './answer-text.ts';
import { pageOfMissing } from './pages.ts';
import type { ApplyPage } from './pages.ts';

interface CheckPageProps {
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  readonly onViewed: (view: ApplicationView) => void;
  readonly onChange: (page: ApplyPage) => void;
  readonly onNext: () => void;
}

/** Everything once more before the signature, each answer with its way back, and what is still missing. */
export function CheckPage({ step, onBack, onViewed, onChange, onNext }: CheckPageProps) {
  const text = useText();
  const { fail } = useVisit();
  const [review, setReview] = useState<ReviewView>();
  const failed = useEffectEvent(fail);
  const viewed = useEffectEvent(onViewed);
  useEffect(() => {
    let left = false;
    void kiosk.application.review().then((result) => {
      if (left) return;
      if (!result.ok) return failed(result.error);
      viewed(result.value.application);
      setReview(result.value);
    });
    return () => {
      left = true;
    };
  }, []);

  const open = review?.missing.map((id) => pageOfMissing(id, review.application)).find((page) => page !== undefined);
  const complete = review !== undefined && review.missing.length === 0;
  return (
    <Page
      name="check"
      title={text('apply.check.title')}
      lead={text('apply.check.lead')}
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      next={
        open
          ? { label: text('apply.check.fill'), onPress: () => onChange(open) }
          : { label: text('apply.check.sign'), isDisabled: !complete, onPress: onNext }
      }
    >
      {review ? (
        <div className="check" data-missing={review.missing.join(' ')}>
          {review.missing.length > 0 && (
            <Notice kind="warn" name="missing" title={text('apply.check.missing', { count: review.missing.length })}>
              {text('apply.check.missingText')}
            </Notice>
          )}
          <Answers review={review} onChange={onChange} />
        </div>
      ) : (
        <Working text={text('apply.check.loading')} />
      )}
    </Page>
  );
}

function Answers({ review, onChange }: { readonly review: ReviewView; readonly onChange: (page: ApplyPage) => void }) {
  const text = useText();
  const { application, person } = review;
  const change = (label: string, page: ApplyPage, name: string) => (
    <Button onPress={() => onChange(page)} label={text('apply.check.changeOf', { label })} name={`change-${name}`}>
      {text('apply.check.change')}
    </Button>
  );
  const missing = <span className="check-missing">{text('apply.check.notYet')}</span>;

  const who: Fact[] = [
    { label: text('apply.check.name'), value: person.name },
    { label: text('apply.check.idNumber'), value: text('apply.check.idLast4', { digits: person.idLast4 }) },
  ];
  const situations = application.situations.map(({ id, question, options, answer }): Fact => {
    const value = options.find((option) => option.id === answer)?.label ?? missing;
    return { label: question, value, name: id, action: change(question, { kind: 'situation', id }, id) };
  });
  const fields = application.fields.map((view): Fact => {
    const { field } = view;
    const empty = field.required ? missing : text('apply.check.leftOut');
    return {
      label: field.label,
      value: answerText(view, text) ?? empty,
      note: view.source === 'card' ? text('apply.fromCard') : undefined,
      name: field.name,
      action: change(field.label, { kind: 'question', name: field.name }, field.name),
    };
  });
  const materials = application.materials.map((material): Fact => {
    const scan = material.source === 'scan';
    const pages = material.pages > 0 ? text('apply.materials.scanned', { pages: material.pages }) : missing;
    return {
      label: material.name,
      value: scan ? pages : text(`apply.materials.${material.source}`),
      name: material.id,
      action: scan ? change(material.name, { kind: 'scan', material: material.id }, material.id) : undefined,
    };
  });
  const sections = [
    { title: text('apply.check.who'), facts: who },
    { title: text('apply.check.situations'), facts: situations },
    { title: text('apply.check.answers'), facts: fields },
    { title: text('apply.check.materials'), facts: materials },
  ];
  return sections
    .filter(({ facts }) => facts.length > 0)
    .map(({ title, facts }) => (
      <section className="check-section" key={title}>
        <h2>{title}</h2>
        <FactList facts={facts} label={title} />
      </section>
    ));
}
