import type { ReactNode } from 'react';
import type { ItemView } from '../../../contract/application-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';

/** The seven elements of a guide (GB/T 39554.1-2020 and the hall rules that ask for them), then flow, fees and phones. */
export function GuideSections({ item }: { readonly item: ItemView }) {
  const text = useText();
  const { guide } = item;
  return (
    <div className="guide">
      <Section name="name" icon="guide" title={text('guide.name')}>
        <Pairs
          pairs={[
            { label: text('guide.fullName'), value: item.name },
            { label: text('guide.department'), value: item.department.name },
            { label: text('guide.result'), value: guide.result },
            { label: text('guide.code'), value: <span className="guide-code number">{item.code}</span> },
            {
              label: text('guide.updated'),
              value: text('guide.updatedOn', { date: item.updatedOn, version: item.version }),
            },
          ]}
        />
        {item.parts && (
          <ul className="guide-list">
            {item.parts.map((part) => (
              <li key={part.code}>{text('guide.part', { name: part.name, department: part.department.name })}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section name="audience" icon="people" title={text('guide.audience')}>
        <p>{guide.audience}</p>
      </Section>
      <Section name="materials" icon="forms" title={text('guide.materials')}>
        <ol className="numbered">
          {item.materials.map((material) => (
            <li key={material.id}>
              <strong>{material.name}</strong>
              {material.when && <span className="guide-when">{text('guide.when')}</span>}
              <span className="guide-remark">{material.reason}</span>
              <span className="guide-remark">{text(`guide.source.${material.source}`)}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Section name="limits" icon="clock" title={text('guide.limits')}>
        <Pairs
          pairs={[
            { label: text('guide.legal'), value: text('guide.workingDays', { days: guide.limits.legal }) },
            { label: text('guide.promised'), value: text('guide.workingDays', { days: guide.limits.promised }) },
          ]}
        />
      </Section>
      <Section name="places" icon="pin" title={text('guide.places')}>
        {guide.places.map((place) => (
          <div key={place.name} className="guide-entry">
            <strong>{place.name}</strong>
            <p>{place.address}</p>
            <p className="guide-remark">{place.hours}</p>
          </div>
        ))}
      </Section>
      <Section name="flow" icon="flow" title={text('guide.flow')}>
        <ol className="numbered">
          {guide.flow.map((step) => (
            <li key={step.step}>
              <strong>{step.step}</strong>
              <span className="guide-remark">{text('guide.flowStep', { who: step.who, duration: step.duration })}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Section name="fees" icon="coins" title={text('guide.fees')}>
        <p>{guide.fees}</p>
      </Section>
      <Section name="basis" icon="law" title={text('guide.basis')}>
        {guide.legalBasis.map((basis) => (
          <div key={basis.title + basis.article} className="guide-entry">
            <strong>{text('guide.basisTitle', { title: basis.title, article: basis.article })}</strong>
            <p className="guide-remark">{basis.text}</p>
          </div>
        ))}
      </Section>
      <Section name="questions" icon="question" title={text('guide.questions')}>
        {guide.questions.map((entry) => (
          <div key={entry.question} className="guide-entry">
            <strong>{entry.question}</strong>
            <p className="guide-remark">{entry.answer}</p>
          </div>
        ))}
      </Section>
      <Section name="phones" icon="phone" title={text('guide.phones')}>
        <Pairs
          pairs={[
            { label: text('guide.advice'), value: <span className="number">{guide.phones.advice}</span> },
            { label: text('guide.complaint'), value: <span className="number">{guide.phones.complaint}</span> },
          ]}
        />
      </Section>
    </div>
  );
}

interface SectionProps {
  readonly name: string;
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}

function Section({ name, icon, title, children }: SectionProps) {
  return (
    <section className="guide-section" data-element={name}>
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  );
}

function Pairs({ pairs }: { readonly pairs: readonly { readonly label: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="guide-pairs">
      {pairs.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
