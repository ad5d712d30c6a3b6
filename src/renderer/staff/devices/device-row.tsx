import type { DeviceClass, DeviceState, DeviceView } from '../../../contract/device-classes.ts';
import { formatMoment } from '../../citizen/clock.ts';
import { troubleOf } from '../../citizen/frame/staff-notes.ts';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useStaffText } from '../texts.ts';
import { closingReasonOf } from './closing-reasons.ts';

const icons: Readonly<Record<DeviceClass, IconName>> = {
  'id-reader': 'card',
  'ticket-printer': 'printer',
  'rating-pad': 'rate',
  'document-scanner': 'scan',
  'code-reader': 'ticket',
  'cue-lamps': 'info',
};

type Tone = 'done' | 'wait' | 'warn' | 'error';
const tones: Readonly<Record<DeviceState, Tone>> = {
  ready: 'done',
  busy: 'done',
  opening: 'wait',
  probing: 'wait',
  absent: 'error',
  faulty: 'error',
  disabled: 'warn',
};
const toneIcons: Readonly<Record<Tone, IconName>> = {
  done: 'check-circle',
  wait: 'hourglass',
  warn: 'lock',
  error: 'error',
};

interface DeviceRowProps {
  readonly device: DeviceView;
  readonly onClose: () => void;
  readonly onOpen: () => void;
}

/** One device: what it is, how it is and why, what it did, what it lacks. */
export function DeviceRow({ device, onClose, onOpen }: DeviceRowProps) {
  const text = useStaffText();
  const { locale } = useLocale();
  const name = useText()(`staff.class.${device.class}`);
  const trouble = useTrouble(device);
  const { id, driver, state, uses, lastUsedAt, supplies } = device;
  const tone = tones[state];
  const isClosed = state === 'disabled';
  return (
    <li className="device-row" data-device={id} data-state={state} data-reason={device.reason} data-tone={tone}>
      <Icon name={icons[device.class]} />
      <div className="device-words">
        <h2 className="device-name">{name}</h2>
        <p className="device-about">{text('staffArea.devices.about', { id, driver })}</p>
      </div>
      <p className="device-state">
        <Icon name={toneIcons[tone]} />
        {text(`staffArea.devices.state.${state}`)}
      </p>
      <Button
        name={isClosed ? `open-${id}` : `close-${id}`}
        label={text(isClosed ? 'staffArea.devices.openNamed' : 'staffArea.devices.closeNamed', { device: name })}
        onPress={isClosed ? onOpen : onClose}
      >
        {text(isClosed ? 'staffArea.devices.open' : 'staffArea.devices.close')}
      </Button>
      {trouble !== undefined && <p className="device-trouble">{trouble}</p>}
      <dl className="device-facts">
        {device.class === 'ticket-printer' && (
          <div data-fact="paper">
            <dt>{text('staffArea.devices.paper')}</dt>
            <dd>{text(`staffArea.devices.paper.${supplies?.paper ?? 'unknown'}`)}</dd>
          </div>
        )}
        <div data-fact="uses">
          <dt>{text('staffArea.devices.uses')}</dt>
          <dd>{text('staffArea.devices.counts', uses)}</dd>
        </div>
        <div data-fact="last-used">
          <dt>{text('staffArea.devices.lastUsed')}</dt>
          <dd>{lastUsedAt === undefined ? text('staffArea.devices.never') : formatMoment(lastUsedAt, locale)}</dd>
        </div>
      </dl>
    </li>
  );
}

/** What is wrong with it, in words: nothing while nothing is. */
function useTrouble({ state, reason }: DeviceView): string | undefined {
  const text = useStaffText();
  const words = useText();
  if (reason === undefined) return undefined;
  const trouble = words(`staff.trouble.${troubleOf(reason)}`);
  if (state !== 'disabled') return trouble;
  const closing = closingReasonOf(reason);
  return closing
    ? text('staffArea.devices.closedBecause', { reason: text(`staffArea.devices.why.${closing}`) })
    : text('staffArea.devices.closedByTest', { trouble });
}
