import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { usePress } from './use-press.ts';
import { useRelease } from './use-release.ts';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** A finger came down, and may yet leave the button without a press: only for what can be readied unseen, and is then wanted at once. */
  readonly onPressStart?: (() => void) | undefined;
  /** One primary action a page; quiet ones are for the way out. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | undefined;
  readonly size?: 'normal' | 'large' | undefined;
  readonly icon?: IconName | undefined;
  readonly iconAfter?: IconName | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Takes the width it gets. */
  readonly fill?: boolean | undefined;
  /** Needed when the visible text says too little on its own, such as "change". */
  readonly label?: string | undefined;
  /** Hook for tests and styles. */
  readonly name?: string | undefined;
}

/** A button of the kiosk: acts on release, ignores double strikes, never smaller than 64 design pixels. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', size = 'normal', icon, iconAfter, isDisabled = false, fill = false } = props;
  const press = usePress(props.onPress);
  const release = useRelease(props.onPressStart, press.onPress);
  return (
    <AriaButton
      className="button"
      data-kind={kind}
      data-size={size}
      data-fill={fill || undefined}
      data-off={isDisabled || undefined}
      data-name={props.name}
      isDisabled={isDisabled || press.settling}
      onPress={press.onPress}
      {...release}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {icon && <Icon name={icon} />}
      <span className="button-text">{props.children}</span>
      {iconAfter && <Icon name={iconAfter} />}
    </AriaButton>
  );
}
