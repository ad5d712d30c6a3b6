import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export interface IdleWarningProps {
  readonly secondsLeft: number;
  readonly onMoreTime: () => void;
  readonly onEnd: () => void;
}

/** Nobody has touched the screen for a while: one press gives more time, as often as the person likes. */
export function IdleWarning({ secondsLeft, onMoreTime, onEnd }: IdleWarningProps) {
  const text = useText();
  return (
    <Dialog
      name="idle"
      icon="hourglass"
      title={text('idle.title')}
      onClose={onMoreTime}
      actions={
        <>
          <Button kind="secondary" name="end" onPress={onEnd}>
            {text('idle.end')}
          </Button>
          <Button kind="primary" name="more-time" onPress={onMoreTime}>
            {text('idle.more')}
          </Button>
        </>
      }
    >
      <p className="idle-seconds number" data-seconds={secondsLeft} aria-hidden="true">
        {secondsLeft}
      </p>
      <p>{text('idle.text', { seconds: secondsLeft })}</p>
    </Dialog>
  );
}
