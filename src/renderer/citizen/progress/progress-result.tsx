import type { ProgressView } from '../../../contract/visit-view.ts';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatDay, formatMoment } from '../clock.ts';
import { recordFacts } from './record-facts.tsx';
import { caseStages, stageState } from './stages.ts';
import { SupplementNotice } from './supplement-notice.tsx';

/** One case: its stage as a line of five, and its numbers. */
export function ProgressResult({ found }: { readonly found: ProgressView }) {
  const text = useText();
  const { locale } = useLocale();
  return (
    <div className="progress" data-stage={found.stage}>
      {found.stage === 'waiting-to-send' && (
        <Notice kind="info" title={text('progress.waiting')}>
          {text('progress.waitingText')}
        </Notice>
      )}
      {found.stage === 'needs-staff' && (
        <Notice kind="warn" title={text('progress.needsStaff')}>
          {text('progress.needsStaffText')}
        </Notice>
      )}
      {found.stage === 'unknown' && (
        <Notice kind="info" title={text('progress.unknown')}>
          {text('progress.unknownText')}
        </Notice>
      )}
      {found.asOf !== undefined && (
        <Notice kind="info" name="as-of" title={text('progress.asOf', { time: formatMoment(found.asOf, locale) })} />
      )}
      {found.result && (
        <Notice kind="info" name="result" title={text(`progress.result.${found.result.outcome}`)}>
          {found.result.text}
        </Notice>
      )}
      {found.supplement && <SupplementNotice supplement={found.supplement} />}
      <ol className="stages">
        {caseStages.map((stage, index) => {
          const state = stageState(stage, found.stage);
          return (
            <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span className="stage-mark">{state === 'done' ? <Icon name="check" /> : index + 1}</span>
              <span className="stage-name">{text(`progress.stage.${stage}`)}</span>
              <span className="stage-state">{text(`progress.state.${state}`)}</span>
            </li>
          );
        })}
      </ol>
      <FactList
        facts={[
          { label: text('progress.provisional'), value: <span className="number">{found.provisionalNumber}</span> },
          {
            label: text('progress.official'),
            value:
              found.officialNumber === undefined ? (
                text('progress.officialNotYet')
              ) : (
                <span className="number">{found.officialNumber}</span>
              ),
            name: 'official-number',
          },
          { label: text('progress.handedIn'), value: formatMoment(found.handedInAt, locale) },
          ...(found.receivedAt === undefined
            ? []
            : [{ label: text('progress.received'), value: formatMoment(found.receivedAt, locale) }]),
          ...(found.deadline === undefined
            ? []
            : [
                {
                  label: text(`progress.deadline.${found.deadline.from}`),
                  value: formatDay(found.deadline.lastDay, locale),
                  name: 'deadline',
                },
              ]),
          ...(found.appointment === undefined
            ? []
            : [
                { label: text('progress.appointment'), value: formatMoment(found.appointment.startsAt, locale) },
                { label: text('progress.appointmentPlace'), value: found.appointment.place },
              ]),
          ...recordFacts(found.records ?? [], text, locale),
          { label: text('progress.department'), value: found.department },
        ]}
      />
    </div>
  );
}
