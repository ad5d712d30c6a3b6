import type { HallView, StatusView } from '../../contract/visit-view.ts';
import { kiosk } from '../bridge/kiosk.ts';

/** What the shell read of the hall before this page; the same for as long as the application runs. */
const told = kiosk.shell.hall();

/** Name, hours and phone of the hall, from the first frame on. */
export function useHall(status: StatusView | undefined): HallView | undefined {
  return status?.hall ?? told;
}
