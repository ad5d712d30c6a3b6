import type { KioskFacts } from '../../../contract/diagnosis.ts';
import type { SelfTestStepResult } from '../../../contract/self-test.ts';
import { useKeepAwake } from '../../citizen/visit-context.tsx';
import { useText } from '../../i18n/locale.tsx';
import type { PageKey } from '../../i18n/catalogues.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { NoticeKind } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useStaffText } from '../texts.ts';
import { Frames } from './frames.tsx';
import type { Trial } from './trial.ts';
import { useTrial } from './use-trial.ts';

const outcomeIcons: Readonly<Record<SelfTestStepResult['outcome'], IconName>> = {
  passed: 'check-circle',
  failed: 'error',
  skipped: 'minus',
};
const verdictKinds = { passed: 'done', failed: 'error', incomplete: 'warn' } as const satisfies Record<
  string,
  NoticeKind
>;

/** One device tried by hand, step by step, with the bytes of its line. */
export function TryPage({
  device,
  onLeave,
  onAgain,
}: {
  readonly device: KioskFacts['devices'][number];
  readonly onLeave: () => void;
  /** Comes back as a page of its own. */
  readonly onAgain: () => void;
}) {
  const text = useStaffText();
  const { id, driver } = device;
  const name = useText()(`staff.class.${device.class}`);
  const trial = useTrial(id);
  const isRunning = trial.result === undefined;
  useKeepAwake(isRunning);
  return (
    <Page
      name="staff-try"
      title={text('staffArea.try.title', { device: name })}
      lead={text('staffArea.try.lead', { id, driver })}
      aside={<Instruction trial={trial} />}
      back={{ label: text('staffArea.try.back'), onPress: onLeave }}
      next={{ label: text('staffArea.try.again'), icon: 'refresh', isDisabled: isRunning, onPress: onAgain }}
    >
      <ol className="trial-steps" data-verdict={verdictOf(trial)}>
        {trial.steps.map((step) => (
          <StepLine key={`${step.step} ${step.subject ?? ''}`} step={step} />
        ))}
      </ol>
      <Frames frames={trial.frames} isWhole={trial.isWhole} />
    </Page>
  );
}

/** Steps for which a person has to do something of its own. */
const askedFor = ['card', 'key', 'signal', 'page', 'code'] as const;

const verdictOf = ({ result }: Trial): string => (typeof result === 'object' ? result.verdict : (result ?? 'running'));

/** What to do now, or what came of it. */
function Instruction({ trial: { now, result } }: { readonly trial: Trial }) {
  const text = useStaffText();
  const subject = useSubject(now?.subject);
  if (result === 'broken') return <Notice kind="error" name="broken" title={text('staffArea.try.broken')} />;
  if (result) {
    return (
      <Notice
        kind={verdictKinds[result.verdict]}
        name={`verdict-${result.verdict}`}
        title={text(`readiness.verdict.${result.verdict}`)}
      >
        {result.reason === undefined ? undefined : text('readiness.reason', { reason: result.reason })}
      </Notice>
    );
  }
  if (!now) return <Working text={text('staffArea.diagnosis.loading')} />;
  if (!now.attended) {
    return <Working text={text('staffArea.try.running', { step: text(`readiness.step.${now.step}`) })} />;
  }
  const { step } = now;
  const todo = askedFor.find((one) => one === step) ?? 'other';
  return (
    <Notice kind="info" name={`do-${step}`} title={text(`staffArea.try.do.${todo}`, { subject: subject ?? '' })} />
  );
}

function StepLine({ step: { step, subject, outcome, reason, pressed } }: { readonly step: SelfTestStepResult }) {
  const text = useStaffText();
  const about = useSubject(subject);
  return (
    <li className="trial-step" data-step={step} data-subject={subject} data-outcome={outcome}>
      <Icon name={outcomeIcons[outcome]} />
      <span className="trial-name">
        {text(`readiness.step.${step}`)}
        {about !== undefined && <span className="trial-subject">{about}</span>}
      </span>
      <span className="trial-outcome">
        {text(`readiness.outcome.${outcome}`)}
        {pressed && <code>{pressed.key}</code>}
        {reason !== undefined && <code>{reason}</code>}
      </span>
    </li>
  );
}

const levels: readonly PageKey[] = [
  'rating.very-satisfied',
  'rating.satisfied',
  'rating.fairly-satisfied',
  'rating.dissatisfied',
  'rating.very-dissatisfied',
];

/** A level in words; a serial number or the name of a lamp as it is. */
function useSubject(subject: string | undefined): string | undefined {
  const text = useText();
  const level = levels.find((key) => key === `rating.${subject}`);
  return level === undefined ? subject : text(level);
}
