import { memo, useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '../i18n/locale.tsx';
import { Icon } from '../ui/icons.tsx';
import { createStrikeFilter } from '../ui/strike-filter.ts';
import { padKeyOf } from './entry.ts';
import type { KeypadKind, PadKey } from './layouts.ts';
import { isControlKey, layouts } from './layouts.ts';
import { KEY_STRIKE_GAP_MS } from './limits.ts';

interface KeyGridProps {
  readonly kind: KeypadKind;
  /** Which keys make sense now; the others are dimmed. */
  readonly isAvailable: (key: PadKey) => boolean;
  readonly onKey: (key: PadKey) => void;
  /** Enter on a real keyboard. */
  readonly onDone?: (() => void) | undefined;
}

/**
 * The keys of one pad. They act on release, drop the second strike of a trembling finger, and never take the focus, so
 * that Enter and space on a real keyboard are never caught by the key pressed last.
 */
export function KeyGrid({ kind, isAvailable, onKey, onDone }: KeyGridProps) {
  const text = useText();
  const [filter] = useState(() => createStrikeFilter(KEY_STRIKE_GAP_MS));
  const [capitals, setCapitals] = useState(false);
  useRealKeyboard(kind, onKey, onDone);
  const strike = (name: PadKey) => {
    if (!filter.accept(name, performance.now())) return;
    if (name === 'shift') setCapitals(!capitals);
    else onKey(caseOf(name, capitals));
  };
  // One function for the life of the pad: a press draws the keys anew that change, not all forty.
  const latest = useRef(strike);
  useLayoutEffect(() => {
    latest.current = strike;
  });
  const onPress = useCallback((name: PadKey) => latest.current(name), []);
  return (
    <div className="keys" role="group" aria-label={text('input.keys')} data-kind={kind}>
      {layouts[kind].map((row) => (
        <div className="keys-row" key={row.keys.join('')}>
          {row.keys.map((name) => {
            const key = caseOf(name, capitals);
            return (
              <Key
                key={name}
                place={name}
                name={key}
                isPressed={name === 'shift' && capitals}
                isOff={!isAvailable(key)}
                onPress={onPress}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

function caseOf(name: PadKey, capitals: boolean): PadKey {
  return capitals && !isControlKey(name) ? name.toUpperCase() : name;
}

interface KeyProps {
  /** The key as the layout names it, whatever it types now. */
  readonly place: PadKey;
  readonly name: PadKey;
  readonly isPressed: boolean;
  readonly isOff: boolean;
  readonly onPress: (place: PadKey) => void;
}

const Key = memo(function Key({ place, name, isPressed, isOff, onPress }: KeyProps) {
  const text = useText();
  const spoken = {
    backspace: text('input.backspace'),
    shift: text('input.capitals'),
    space: text('input.space'),
    '@': text('input.at'),
    '.': text('input.point'),
    '-': text('input.hyphen'),
    _: text('input.underscore'),
  }[name];
  return (
    <Button
      className="key"
      data-key={name}
      data-on={isPressed || undefined}
      aria-label={spoken ?? name}
      {...(name === 'shift' ? { 'aria-pressed': isPressed } : {})}
      isDisabled={isOff}
      preventFocusOnPress
      onPress={() => onPress(place)}
    >
      {name === 'backspace' ? <Icon name="delete" /> : isControlKey(name) ? spoken : name}
    </Button>
  );
});

/** Lets a real keyboard type too: it is how staff and tests work, and how an assistive keyboard would. */
function useRealKeyboard(kind: KeypadKind, onKey: (key: PadKey) => void, onDone: (() => void) | undefined) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const onControl =
      event.target instanceof Element && event.target.closest('button, [role=dialog], [role=alertdialog]') !== null;
    if (event.key === 'Enter' && !onControl && !event.repeat) {
      event.preventDefault();
      onDone?.();
      return;
    }
    // Space on a focused button presses that button.
    if (event.key === ' ' && onControl) return;
    const key = padKeyOf(event.key, kind);
    if (key === undefined) return;
    event.preventDefault();
    onKey(key);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
