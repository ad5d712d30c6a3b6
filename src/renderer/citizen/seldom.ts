/*
 * Pages that citizens hardly ever see, in one file beside that of the home page, which is neither larger nor slower for them.
 * In one, since two would share a third file with the home page, which would then have to wait for that as well.
 */
export { StaffArea } from '../staff/staff-area.tsx';
export { LeftItemPage } from './left-item/left-item-page.tsx';
