import { useEffect, useState } from 'react';
import type { Locale } from '../../domain/messages.ts';
import { CLOCK_TICK_MS } from '../limits.ts';

/** Hall time is the computer's time; the maintainer sets its zone. */
export function formatClock(now: Date, locale: Locale): { readonly time: string; readonly date: string } {
  return {
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now),
    date: new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(
      now,
    ),
  };
}

export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      const next = new Date();
      setNow((old) => (sameMinute(old, next) ? old : next));
    }, CLOCK_TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function sameMinute(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / 60_000) === Math.floor(other.getTime() / 60_000);
}
