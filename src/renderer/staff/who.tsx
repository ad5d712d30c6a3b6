import type { StaffView } from '../../contract/staff-api.ts';
import { Icon } from '../ui/icons.tsx';
import { useStaffText } from './texts.ts';

/** Who is signed in: what is done here is done in their name. */
export function Who({ staff }: { readonly staff: StaffView }) {
  const text = useStaffText();
  const { name, number, role } = staff;
  return (
    <p className="who" data-staff={number}>
      <Icon name="person" />
      {text('staffArea.who', { name, number, role: text(`staffArea.role.${role}`) })}
    </p>
  );
}
