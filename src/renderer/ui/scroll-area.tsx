import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { nextOffset, scrollEnds } from './scroll.ts';

export interface ScrollAreaProps {
  readonly children: ReactNode;
  /** What is scrolled, for those who scroll it by keyboard. */
  readonly label: string;
  readonly up: string;
  readonly down: string;
}

/**
 * Content that may be longer than its place. When it is, two large buttons appear beside it, so that nobody needs to
 * drag.
 */
export function ScrollArea({ children, label, up, down }: ScrollAreaProps) {
  const view = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [ends, setEnds] = useState({ overflows: false, atStart: true, atEnd: true });
  const measure = useCallback(() => {
    const element = view.current;
    if (!element) return;
    const next = scrollEnds(element.scrollTop, element.clientHeight, element.scrollHeight);
    setEnds((old) =>
      old.overflows === next.overflows && old.atStart === next.atStart && old.atEnd === next.atEnd ? old : next,
    );
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (view.current) observer.observe(view.current);
    if (inner.current) observer.observe(inner.current);
    return () => observer.disconnect();
  }, [measure]);
  const move = (direction: 1 | -1) => {
    const element = view.current;
    if (!element) return;
    element.scrollTo({
      top: nextOffset(element.scrollTop, element.clientHeight, element.scrollHeight, direction),
      behavior: 'smooth',
    });
  };
  return (
    <div className="scroll" data-overflows={ends.overflows || undefined}>
      <div
        className="scroll-view"
        ref={view}
        onScroll={measure}
        data-at-end={ends.atEnd || undefined}
        {...(ends.overflows ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
      >
        <div className="scroll-inner" ref={inner}>
          {children}
        </div>
      </div>
      {ends.overflows && (
        <div className="scroll-buttons">
          <Button onPress={() => move(-1)} isDisabled={ends.atStart} icon="arrow-up" name="scroll-up">
            {up}
          </Button>
          <Button onPress={() => move(1)} isDisabled={ends.atEnd} icon="arrow-down" name="scroll-down">
            {down}
          </Button>
        </div>
      )}
    </div>
  );
}
