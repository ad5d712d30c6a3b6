import { Button as AriaButton } from 'react-aria-components';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { usePress } from '../../ui/use-press.ts';

export interface RatingButtonProps {
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}

/** One of six equal buttons. */
export function RatingButton({ name, icon, label, isDisabled, onPress }: RatingButtonProps) {
  const press = usePress(onPress);
  return (
    <AriaButton
      className="rating-button"
      data-level={name}
      isDisabled={isDisabled || press.settling}
      onPress={press.onPress}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </AriaButton>
  );
}
