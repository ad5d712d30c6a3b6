import table2024 from '../../resources/calendar/2024.json' with { type: 'json' };
import table2025 from '../../resources/calendar/2025.json' with { type: 'json' };
import table2026 from '../../resources/calendar/2026.json' with { type: 'json' };
import { readHolidayTable } from '../domain/calendar/holiday-table.ts';
import { makeCalendar } from '../domain/calendar/working-days.ts';
import type { OfficeTime } from '../domain/limits/deadline.ts';

const tables = [table2024, table2025, table2026].map((raw) => {
  const read = readHolidayTable(raw);
  if (!read.ok) throw new Error(`a holiday table is ${read.reason}: ${read.detail}`);
  return read.value;
});

/** When offices work: the published holidays, seven hours a day. */
export const officeTime: OfficeTime = {
  calendar: makeCalendar(tables),
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ],
};
