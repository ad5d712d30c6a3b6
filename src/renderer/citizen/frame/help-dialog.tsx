import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useVisit } from '../visit-context.tsx';

/** Who helps, and how to reach them. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const hall = useVisit().status?.hall;
  return (
    <Dialog
      name="help"
      icon="people"
      title={text('help.title')}
      onClose={onClose}
      actions={
        <Button kind="primary" name="close" onPress={onClose}>
          {text('help.close')}
        </Button>
      }
    >
      <p>{text('help.staff')}</p>
      {hall && (
        <>
          <p className="help-phone number">{hall.phone}</p>
          <p>{text('frame.hours', { hours: hall.hours })}</p>
        </>
      )}
    </Dialog>
  );
}
