import { useEffect, useRef, useState } from 'react';
import type { StaffView } from '../../contract/staff-api.ts';
import { kiosk } from '../bridge/kiosk.ts';
import { DevicesPage } from './devices/devices-page.tsx';
import { DiagnosisPages } from './diagnosis/diagnosis-pages.tsx';
import { RecordsPage } from './records/records-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { useStaffText } from './texts.ts';
import './staff.css';
import './diagnosis/diagnosis.css';

/** Everything for staff: first who they are, then the pages of their role. Going home by any way signs them out. */
export function StaffArea({ onLeave }: { readonly onLeave: () => void }) {
  const [staff, setStaff] = useState<StaffView>();
  if (!staff) return <SignInPage onSignedIn={setStaff} onLeave={onLeave} />;
  return <SignedIn staff={staff} onLeave={onLeave} onLost={() => setStaff(undefined)} />;
}

interface SignedInProps {
  readonly staff: StaffView;
  readonly onLeave: () => void;
  /** Core does not know of the sign-in any more. */
  readonly onLost: () => void;
}

function SignedIn({ staff, onLeave, onLost }: SignedInProps) {
  const text = useStaffText();
  const [at, setAt] = useState<'devices' | 'diagnosis' | 'records'>('devices');
  const asked = useRef(false);
  useEffect(() => () => void kiosk.staff.signOut({ cause: asked.current ? 'asked' : 'idle' }), []);
  const pages = { staff, onLeave: () => setAt('devices'), onLost };
  if (at === 'diagnosis') return <DiagnosisPages {...pages} />;
  if (at === 'records') return <RecordsPage {...pages} />;
  const signOut = () => {
    asked.current = true;
    onLeave();
  };
  const diagnosis = { label: text('staffArea.diagnosis.open'), onPress: () => setAt('diagnosis') };
  const records = { label: text('staffArea.records.open'), icon: 'list', onPress: () => setAt('records') } as const;
  return (
    <DevicesPage
      staff={staff}
      onSignOut={signOut}
      onLost={onLost}
      other={staff.role === 'maintainer' ? diagnosis : undefined}
      next={records}
    />
  );
}
