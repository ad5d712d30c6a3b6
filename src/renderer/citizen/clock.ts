import { useEffect, useState } from 'react';
import type { Locale } from '../../domain/messages.ts';
import { CLOCK_TICK_MS } from '../limits.ts';

/** All of mainland China keeps one time, whatever zone a computer was installed with. */
const HALL_ZONE = 'Asia/Shanghai';

/** Time and date at the hall. */
export function formatClock(now: Date, locale: Locale): { readonly time: string; readonly date: string } {
  const { time, date } = (clocks[locale] ??= makeClock(locale));
  return { time: time.format(now), date: date.format(now) };
}

/** Kept, since making one takes longer than all of its answers. */
const clocks: Partial<Record<Locale, ReturnType<typeof makeClock>>> = {};

function makeClock(locale: Locale) {
  return {
    time: new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: HALL_ZONE,
    }),
    date: new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      weekday: 'long',
      timeZone: HALL_ZONE,
    }),
  };
}

/** A day (YYYY-MM-DD) in words. */
export function formatDay(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A moment in words, to the minute. */
export function formatMoment(instant: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: HALL_ZONE,
  }).format(new Date(instant));
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
