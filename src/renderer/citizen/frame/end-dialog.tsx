import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useVisit } from '../visit-context.tsx';
import { isHandedIn } from '../visit.ts';

/** Asks once before a visit ends by hand: what is not handed in is gone afterwards. */
export function EndDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { place, end } = useVisit();
  const safe = isHandedIn(place);
  return (
    <Dialog
      name="end"
      icon="exit"
      title={text('end.askTitle')}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="secondary"
            name="end"
            onPress={() => {
              onClose();
              end(safe ? 'finished' : 'left');
            }}
          >
            {text('end.yes')}
          </Button>
          <Button kind="primary" name="stay" onPress={onClose}>
            {text('end.no')}
          </Button>
        </>
      }
    >
      <p>{text(safe ? 'end.askSafe' : 'end.askLoss')}</p>
    </Dialog>
  );
}
