import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';

interface KnownAnswerProps {
  readonly value: string;
  readonly source: 'card' | 'person';
  readonly onReplace: () => void;
}

/** An answer that need not be typed: what it is, where it comes from, and the way to say that it is wrong. */
export function KnownAnswer({ value, source, onReplace }: KnownAnswerProps) {
  const text = useText();
  return (
    <div className="known" data-source={source}>
      <p className="known-source">
        <Icon name={source === 'card' ? 'card' : 'person'} />
        <span>{text(source === 'card' ? 'apply.fromCard' : 'apply.fromYou')}</span>
      </p>
      <p className="known-value">{value}</p>
      <p className="known-hint">{text('apply.knownHint')}</p>
      <Button onPress={onReplace} icon="pen" name="replace">
        {text('apply.replace')}
      </Button>
    </div>
  );
}
