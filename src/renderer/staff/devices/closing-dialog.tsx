import { useState } from 'react';
import type { DeviceView } from '../../../contract/device-classes.ts';
import type { ClosingReason } from '../../../contract/staff-api.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useStaffText } from '../texts.ts';
import { closingReasonOf, closingReasons } from './closing-reasons.ts';

interface ClosingDialogProps {
  readonly device: DeviceView;
  readonly onCancel: () => void;
  readonly onConfirm: (reason: ClosingReason) => void;
}

/** A device is closed for a reason, which the next shift and the platform read. */
export function ClosingDialog({ device, onCancel, onConfirm }: ClosingDialogProps) {
  const text = useStaffText();
  const name = useText()(`staff.class.${device.class}`);
  const [reason, setReason] = useState<ClosingReason>();
  return (
    <Dialog
      name="close-device"
      title={text('staffArea.devices.closeTitle', { device: name })}
      onClose={onCancel}
      actions={
        <>
          <Button kind="secondary" name="keep-open" onPress={onCancel}>
            {text('staffArea.devices.closeNo')}
          </Button>
          <Button
            kind="primary"
            name="close-device"
            isDisabled={reason === undefined}
            onPress={() => {
              if (reason !== undefined) onConfirm(reason);
            }}
          >
            {text('staffArea.devices.closeYes')}
          </Button>
        </>
      }
    >
      <p>{text('staffArea.devices.closeText')}</p>
      <ChoiceList
        label={text('staffArea.devices.closeText')}
        options={closingReasons.map((id) => ({ id, label: text(`staffArea.devices.why.${id}`) }))}
        value={reason}
        onChange={(id) => setReason(closingReasonOf(id))}
      />
    </Dialog>
  );
}
