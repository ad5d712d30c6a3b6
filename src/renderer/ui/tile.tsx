import { Button as AriaButton } from 'react-aria-components';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';
import { usePress } from './use-press.ts';

export interface TileProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string | undefined;
  /** Says in words that this does not work now, and why. The tile can still be pressed: it explains what to do instead. */
  readonly unavailable?: string | undefined;
  readonly emphasis?: boolean | undefined;
  readonly name: string;
  readonly onPress: () => void;
}

/** A large entry of the home page. */
export function Tile(props: TileProps) {
  const press = usePress(props.onPress);
  return (
    <AriaButton
      className="tile"
      data-name={props.name}
      data-emphasis={props.emphasis || undefined}
      data-available={props.unavailable === undefined}
      isDisabled={press.settling}
      onPress={press.onPress}
    >
      <span className="tile-icon">
        <Icon name={props.icon} />
      </span>
      <span className="tile-words">
        <span className="tile-title">{props.title}</span>
        {props.text !== undefined && <span className="tile-text">{props.text}</span>}
        {props.unavailable !== undefined && (
          <span className="tile-unavailable">
            <Icon name="info" />
            <span>{props.unavailable}</span>
          </span>
        )}
      </span>
      <span className="tile-go">
        <Icon name="chevron-right" />
      </span>
    </AriaButton>
  );
}
