import { useEffect, useEffectEvent, useState } from 'react';
import type { KioskFacts } from '../../../contract/diagnosis.ts';
import type { StaffView } from '../../../contract/staff-api.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useStaffText } from '../texts.ts';
import { Who } from '../who.tsx';
import { FactsOfKiosk } from './facts-of-kiosk.tsx';
import { TryPage } from './try-page.tsx';

interface DiagnosisPagesProps {
  readonly staff: StaffView;
  readonly onLeave: () => void;
  readonly onLost: () => void;
}

/** What runs here and what is plugged in; from here each device is tried by hand. */
export function DiagnosisPages({ staff, onLeave, onLost }: DiagnosisPagesProps) {
  const text = useStaffText();
  const [facts, setFacts] = useState<KioskFacts | 'failed'>();
  const [tried, setTried] = useState<KioskFacts['devices'][number]>();
  const [round, setRound] = useState(0);
  const lost = useEffectEvent(onLost);
  useEffect(() => {
    void kiosk.staff.facts().then((answer) => {
      if (answer.ok) setFacts(answer.value);
      else if (answer.error.code === 'SIGN_IN_NEEDED') lost();
      else setFacts('failed');
    });
  }, []);
  if (tried) {
    const again = () => setRound(round + 1);
    return <TryPage key={round} device={tried} onLeave={() => setTried(undefined)} onAgain={again} />;
  }
  return (
    <Page
      name="staff-diagnosis"
      title={text('staffArea.diagnosis.title')}
      aside={<Who staff={staff} />}
      back={{ label: text('staffArea.diagnosis.back'), onPress: onLeave }}
    >
      {facts === undefined && <Working text={text('staffArea.diagnosis.loading')} />}
      {facts === 'failed' && <Notice kind="error" name="facts-failed" title={text('staffArea.diagnosis.failed')} />}
      {typeof facts === 'object' && <FactsOfKiosk facts={facts} onTry={setTried} />}
    </Page>
  );
}
