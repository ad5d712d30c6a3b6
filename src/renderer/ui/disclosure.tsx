import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { usePress } from './use-press.ts';

export interface DisclosureProps {
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly children: ReactNode;
  readonly name?: string | undefined;
}

/** Words that only some people want, shown in place when asked for. */
export function Disclosure({ label, icon = 'question', children, name }: DisclosureProps) {
  const panel = useId();
  const [open, setOpen] = useState(false);
  const press = usePress(() => setOpen(!open));
  return (
    <div className="disclosure" data-open={open || undefined}>
      <AriaButton
        className="disclosure-button"
        aria-expanded={open}
        {...(open ? { 'aria-controls': panel } : {})}
        data-name={name}
        isDisabled={press.settling}
        onPress={press.onPress}
      >
        <Icon name={icon} />
        <span className="disclosure-label">{label}</span>
        <Icon name={open ? 'minus' : 'plus'} />
      </AriaButton>
      {open && (
        <div className="disclosure-panel" id={panel}>
          {children}
        </div>
      )}
    </div>
  );
}
