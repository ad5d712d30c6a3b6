import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useVisit } from '../visit-context.tsx';
import { staffNotes } from './staff-notes.ts';
import type { StaffNote } from './staff-notes.ts';

/** Who helps, and how to reach them; below it, on the home page, what staff should look at. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { place, status, hall } = useVisit();
  const notes = place.at === 'home' ? staffNotes(status) : [];
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
      {notes.length > 0 && (
        <section className="staff-notes">
          <h3>{text('staff.title')}</h3>
          <ul>
            {notes.map((note) => (
              <StaffLine key={JSON.stringify(note)} note={note} />
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}

function StaffLine({ note }: { readonly note: StaffNote }) {
  const text = useText();
  if (note.kind === 'needs-staff') {
    return <li data-note={note.kind}>{text('staff.needsStaff', { count: note.count })}</li>;
  }
  const words =
    note.kind === 'device'
      ? text(note.closed ? 'staff.closedDevice' : 'staff.device', {
          device: text(`staff.class.${note.device}`),
          trouble: text(`staff.trouble.${note.trouble}`),
        })
      : text(`staff.notice.${note.kind}`);
  return (
    <li data-note={note.kind} data-trouble={note.kind === 'device' ? note.trouble : undefined}>
      {words}
      <code>{note.detail}</code>
    </li>
  );
}
