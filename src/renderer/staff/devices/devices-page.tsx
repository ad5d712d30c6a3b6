import { useEffect, useEffectEvent, useState } from 'react';
import type { DeviceView } from '../../../contract/device-classes.ts';
import type { ClosingReason, StaffView } from '../../../contract/staff-api.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import type { PageAction } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useStaffText } from '../texts.ts';
import { Who } from '../who.tsx';
import { ClosingDialog } from './closing-dialog.tsx';
import { DeviceRow } from './device-row.tsx';

interface DevicesPageProps {
  readonly staff: StaffView;
  readonly onSignOut: () => void;
  readonly onLost: () => void;
  readonly other?: PageAction | undefined;
  readonly next: PageAction;
}

/** How each device is, what it did and what it lacks; closing and opening. */
export function DevicesPage({ staff, onSignOut, onLost, other, next }: DevicesPageProps) {
  const text = useStaffText();
  const devices = useDevices(onLost);
  const [closing, setClosing] = useState<DeviceView>();
  const [failure, setFailure] = useState<'DEVICES_AWAY' | 'NOT_RECORDED' | 'other'>();
  const settle = async (call: Promise<{ ok: boolean; error?: { code: string } }>) => {
    const { error } = await call;
    if (error?.code === 'SIGN_IN_NEEDED') onLost();
    else if (error?.code === 'DEVICES_AWAY' || error?.code === 'NOT_RECORDED') setFailure(error.code);
    else setFailure(error && 'other');
  };
  const close = ({ id }: DeviceView, reason: ClosingReason) => {
    setClosing(undefined);
    void settle(kiosk.staff.closeDevice({ id, reason }));
  };
  return (
    <Page
      name="staff-devices"
      title={text('staffArea.devices.title')}
      aside={<Who staff={staff} />}
      back={{ label: text('staffArea.signOut'), icon: 'exit', onPress: onSignOut }}
      other={other}
      next={next}
    >
      {failure && <Notice kind="error" name={failure} title={text(`staffArea.failed.${failure}`)} />}
      {!devices && <Working text={text('staffArea.devices.waiting')} />}
      {devices?.length === 0 && <Notice kind="info" title={text('staffArea.devices.none')} />}
      <ul className="device-rows">
        {devices?.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            onClose={() => setClosing(device)}
            onOpen={() => void settle(kiosk.staff.openDevice({ id: device.id }))}
          />
        ))}
      </ul>
      {closing && (
        <ClosingDialog
          device={closing}
          onCancel={() => setClosing(undefined)}
          onConfirm={(reason) => close(closing, reason)}
        />
      )}
    </Page>
  );
}

/** Nothing until core has told; `onLost` once it tells no more. */
function useDevices(onLost: () => void): readonly DeviceView[] | undefined {
  const [devices, setDevices] = useState<readonly DeviceView[]>();
  const lost = useEffectEvent(onLost);
  useEffect(() => kiosk.staff.watchDevices(setDevices, () => lost()), []);
  return devices;
}
