import { useEffect, useEffectEvent, useState } from 'react';
import type { ParkedRecord, StaffView } from '../../../contract/staff-api.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useStaffText } from '../texts.ts';
import { Who } from '../who.tsx';
import { RecordRow } from './record-row.tsx';

interface RecordsPageProps {
  readonly staff: StaffView;
  readonly onLeave: () => void;
  readonly onLost: () => void;
}

type Failure = 'NOT_RECORDED' | 'other';

/** The records that wait for somebody to look, and for being sent again when the cause is gone. */
export function RecordsPage({ staff, onLeave, onLost }: RecordsPageProps) {
  const text = useStaffText();
  const [records, setRecords] = useState<readonly ParkedRecord[]>();
  const [sending, setSending] = useState<string>();
  const [sent, setSent] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const fail = (code: string) => {
    if (code === 'SIGN_IN_NEEDED') onLost();
    else setFailure(code === 'NOT_RECORDED' ? code : 'other');
  };
  const take = (answer: Awaited<ReturnType<typeof kiosk.staff.parkedRecords>>) => {
    if (answer.ok) setRecords(answer.value);
    else fail(answer.error.code);
  };
  const load = () => kiosk.staff.parkedRecords().then(take);
  const takeFirst = useEffectEvent(take);
  useEffect(() => {
    void kiosk.staff.parkedRecords().then((answer) => takeFirst(answer));
  }, []);
  const send = async ({ id, target }: ParkedRecord) => {
    setSending(id);
    setSent(false);
    setFailure(undefined);
    const answer = await kiosk.staff.sendAgain({ id, target });
    // Whoever it was that put it back: it is on its way.
    if (answer.ok || answer.error.code === 'UNKNOWN_RECORD') setSent(true);
    else fail(answer.error.code);
    await load();
    setSending(undefined);
  };
  return (
    <Page
      name="staff-records"
      title={text('staffArea.records.title')}
      lead={text('staffArea.records.lead')}
      aside={<Who staff={staff} />}
      back={{ label: text('staffArea.records.back'), onPress: onLeave }}
      other={{ label: text('staffArea.records.refresh'), icon: 'refresh', onPress: () => void load() }}
    >
      {failure && <Notice kind="error" name={failure} title={text(`staffArea.failed.${failure}`)} />}
      {sent && <Notice kind="done" name="sent-again" title={text('staffArea.records.sent')} />}
      {!records && !failure && <Working text={text('staffArea.records.loading')} />}
      {records?.length === 0 && !sent && <Notice kind="info" name="none" title={text('staffArea.records.none')} />}
      <ul className="device-rows">
        {records?.map((record) => (
          <RecordRow
            key={`${record.target} ${record.id}`}
            record={record}
            isSending={sending === record.id}
            onSend={() => void send(record)}
          />
        ))}
      </ul>
    </Page>
  );
}
