import { useMemo } from 'react';
import type { DockDevice } from '../../contract/dock.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Notice } from '../ui/notice.tsx';
import { ControlRow } from './control-row.tsx';
import { controlsOf } from './controls.ts';
import type { Control } from './controls.ts';
import { useDevice } from './use-device.ts';
import { useWords } from './words.tsx';

/** What the hall does at a device of any kind. */
const plug: Control = {
  key: 'plug',
  choices: [
    { value: 'plugged', word: 'plugged' },
    { value: 'unplugged', word: 'unplugged' },
  ],
  initial: 'plugged',
};

/** What there is a button for at once. Faults, and numbers that nobody has at hand, are behind a button of their own. */
function atHand(controls: readonly Control[]): readonly Control[] {
  return controls
    .filter(
      ({ key, choices, free }) => key !== 'fault' && (free === 'text' || choices.some(({ value }) => value !== null)),
    )
    .map(({ free, ...control }) => (free === 'text' ? { ...control, free } : control));
}

function behind(controls: readonly Control[]): readonly Control[] {
  return controls
    .filter(({ key, free }) => key === 'fault' || free === 'number')
    .map((control) =>
      control.free ? { ...control, choices: control.choices.filter(({ value }) => value === null) } : control,
    );
}

/** One simulated device, with a button for each thing that can happen to it. */
export function DevicePanel({ device }: { readonly device: DockDevice }) {
  const { text, word } = useWords();
  const controls = useMemo(() => [plug, ...controlsOf(device.actions)], [device]);
  const { state, happened, refused, act } = useDevice(device.id, controls);
  const row = (control: Control) => (
    <ControlRow
      key={control.key}
      control={control}
      state={state[control.key]}
      onAct={(value) =>
        act(
          control.key,
          value,
          control.key === plug.key ? { [value === 'plugged' ? 'plug' : 'unplug']: true } : undefined,
        )
      }
    />
  );
  const rare = behind(controls);
  return (
    <section className="dock-device" data-device={device.id}>
      <header className="dock-device-head">
        <h2>{word('class', device.class)}</h2>
        <p className="dock-model">{`${device.driver} · ${device.profile}`}</p>
      </header>
      <p className="dock-happened" role="status" data-happened={happened?.name}>
        {(happened && word('event', happened.name, happened.facts)) ?? text('dock.quiet')}
      </p>
      {refused !== undefined && <Notice kind="warn" title={text('dock.refused', { reason: refused })} />}
      {atHand(controls).map(row)}
      {rare.length > 0 && (
        <Disclosure label={text('dock.more')} icon="warn" name={`more-${device.id}`}>
          {rare.map(row)}
        </Disclosure>
      )}
    </section>
  );
}
