import { useState } from 'react';
import type { StaffView } from '../../../contract/staff-api.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { Keypad } from '../../input/keypad.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useStaffText } from '../texts.ts';

/** Limits of number and PIN in the contract. */
const NUMBER = { shortest: 4, longest: 10 };
const PIN = { shortest: 6, longest: 12 };

interface Refusal {
  readonly code: 'REFUSED' | 'LOCKED' | 'VISIT_OPEN' | 'NOT_RECORDED' | 'NOT_IN_SERVICE';
  readonly minutes: number;
}

type Refused = Extract<Awaited<ReturnType<typeof kiosk.staff.signIn>>, { readonly ok: false }>['error'];

interface SignInPageProps {
  readonly onSignedIn: (staff: StaffView) => void;
  readonly onLeave: () => void;
}

/** Number first, then PIN: one field at a time, like everything else one types here. */
export function SignInPage({ onSignedIn, onLeave }: SignInPageProps) {
  const text = useStaffText();
  const [number, setNumber] = useState('');
  const [hasNumber, setHasNumber] = useState(false);
  const [pin, setPin] = useState('');
  const [checking, setChecking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const ready = hasNumber ? pin.length >= PIN.shortest && !checking : number.length >= NUMBER.shortest;
  const signIn = async () => {
    setChecking(true);
    const answer = await kiosk.staff.signIn({ number, pin });
    setChecking(false);
    setPin('');
    if (answer.ok) onSignedIn(answer.value);
    else setRefusal(refusalOf(answer.error));
  };
  const next = () => {
    setRefusal(undefined);
    if (hasNumber) void signIn();
    else setHasNumber(true);
  };
  const otherNumber = () => {
    setHasNumber(false);
    setPin('');
    setRefusal(undefined);
  };
  return (
    <Page
      name={hasNumber ? 'staff-pin' : 'staff-sign-in'}
      title={text('staffArea.signIn.title')}
      lead={hasNumber ? text('staffArea.signIn.pinLead', { number }) : text('staffArea.signIn.numberLead')}
      aside={
        refusal && (
          <Notice kind="warn" name={refusal.code} title={text(`staffArea.signIn.${refusal.code}`)}>
            {text(`staffArea.signIn.${refusal.code}_TEXT`, { minutes: refusal.minutes })}
          </Notice>
        )
      }
      back={{ label: text('staffArea.signIn.leave'), icon: 'home', onPress: onLeave }}
      other={hasNumber ? { label: text('staffArea.signIn.otherNumber'), onPress: otherNumber } : undefined}
      next={{
        label: text(
          checking ? 'staffArea.signIn.checking' : hasNumber ? 'staffArea.signIn.enter' : 'staffArea.signIn.next',
        ),
        isDisabled: !ready,
        onPress: next,
      }}
      dock={
        <Keypad
          key={hasNumber ? 'pin' : 'number'}
          kind="digits"
          label={text(hasNumber ? 'staffArea.signIn.pin' : 'staffArea.signIn.number')}
          value={hasNumber ? pin : number}
          isSecret={hasNumber}
          maxLength={hasNumber ? PIN.longest : NUMBER.longest}
          isInvalid={refusal?.code === 'REFUSED'}
          onChange={hasNumber ? setPin : setNumber}
          onDone={() => {
            if (ready) next();
          }}
        />
      }
    />
  );
}

/** `NOT_IN_SERVICE` also for a core that has just gone. */
function refusalOf(error: Refused): Refusal {
  switch (error.code) {
    case 'REFUSED':
    case 'VISIT_OPEN':
    case 'NOT_RECORDED':
      return { code: error.code, minutes: 0 };
    case 'LOCKED':
      return { code: error.code, minutes: error.data.minutes };
    default:
      return { code: 'NOT_IN_SERVICE', minutes: 0 };
  }
}
