import { useRef, useState } from 'react';
import type { ApplicationView } from '../../../contract/application-view.ts';
import type { HandedIn } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useText } from '../../i18n/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageProps } from '../../ui/page.tsx';
import { useVisit } from '../visit-context.tsx';
import { SignatureCanvas } from './signature-canvas.tsx';
import type { Signature } from './signature-canvas.tsx';
import { SubmitPage } from './submit-page.tsx';

interface SignPageProps {
  readonly view: ApplicationView;
  readonly step: PageProps['step'];
  readonly onBack: () => void;
  /** Core says that something is missing after all. */
  readonly onIncomplete: () => void;
  readonly onHandedIn: (handedIn: HandedIn) => void;
}

/** The commitment in words and the signature under it. Signing hands in. */
export function SignPage({ view, step, onBack, onIncomplete, onHandedIn }: SignPageProps) {
  const text = useText();
  const { fail } = useVisit();
  const signature = useRef<Signature>(null);
  const [hasStroke, setHasStroke] = useState(false);
  const [asked, setAsked] = useState(false);
  const [signed, setSigned] = useState(false);
  const sending = useRef(false);

  const sign = async () => {
    const image = signature.current?.image();
    if (image === undefined) return setAsked(true);
    if (sending.current) return;
    sending.current = true;
    const result = await kiosk.application.sign({ image });
    sending.current = false;
    if (result.ok) return setSigned(true);
    if (result.error.code === 'EMPTY_SIGNATURE') return setAsked(true);
    return fail(result.error);
  };
  const clear = () => {
    signature.current?.clear();
    setHasStroke(false);
  };

  if (signed) return <SubmitPage onIncomplete={onIncomplete} onHandedIn={onHandedIn} />;
  return (
    <Page
      name="sign"
      title={text('apply.sign.title')}
      lead={text('apply.sign.lead')}
      aside={
        <div className="sign-text">
          <p>{text('apply.sign.applyFor', { name: view.name })}</p>
          <ul>
            <li>{text('apply.sign.true')}</li>
            <li>{text('apply.sign.materials', { count: view.materials.length })}</li>
            <li>{text('apply.sign.liable')}</li>
          </ul>
        </div>
      }
      step={step}
      back={{ label: text('page.back'), onPress: onBack }}
      other={hasStroke ? { label: text('apply.sign.clear'), onPress: clear } : undefined}
      next={{ label: text('apply.sign.submit'), onPress: () => void sign() }}
      dock={
        <div className="apply-dock">
          {asked && !hasStroke && (
            <Notice kind="error" name="wrong-signature" title={text('apply.sign.empty')}>
              {text('apply.sign.emptyText')}
            </Notice>
          )}
          <div className="sign-pad">
            <SignatureCanvas
              ref={signature}
              label={text('apply.sign.canvas')}
              onStroke={() => {
                setHasStroke(true);
                setAsked(false);
              }}
            />
            {!hasStroke && <span className="sign-here">{text('apply.sign.here')}</span>}
          </div>
        </div>
      }
    />
  );
}
