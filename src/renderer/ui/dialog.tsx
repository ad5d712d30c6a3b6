import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';

export interface DialogProps {
  readonly title: string;
  readonly icon?: IconName | undefined;
  readonly children?: ReactNode;
  /** Buttons; the safe way out first, the main action last. */
  readonly actions: ReactNode;
  readonly name: string;
  /** Called for Escape; presses beside the dialog do nothing, since a hand on the screen is not a decision. */
  readonly onClose?: (() => void) | undefined;
}

/** A question that has to be answered before anything else. Mounted while it is open. */
export function Dialog({ title, icon, children, actions, name, onClose }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen
      isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose?.();
      }}
    >
      <Modal className="dialog-box">
        <AriaDialog className="dialog" role="alertdialog" data-dialog={name}>
          {icon && <Icon name={icon} />}
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          {children !== undefined && <div className="dialog-text">{children}</div>}
          <div className="dialog-actions">{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
