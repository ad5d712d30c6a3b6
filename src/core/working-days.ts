import table2024 from '../../resources/calendar/2024.json' with { type: 'json' };
import table2025 from '../../resources/calendar/2025.json' with { type: 'json' };
import table2026 from '../../resources/calendar/2026.json' with { type: 'json' };
import { readHolidayTable } from '../domain/calendar/holiday-table.ts';
import { addWorkingDays, makeCalendar } from '../domain/calendar/working-days.ts';
import type { AddDays } from '../domain/legal-clock.ts';

/** Counts working days by the calendar that comes with the program; nothing where a year's notice is not known yet. */
export function workingDays(): AddDays {
  const tables = [table2024, table2025, table2026].flatMap((raw) => {
    const read = readHolidayTable(raw);
    return read.ok ? [read.value] : [];
  });
  const calendar = makeCalendar(tables);
  return (from, count) => {
    const { day, assumedYears } = addWorkingDays(calendar, from, count);
    return assumedYears.length === 0 ? day : undefined;
  };
}
