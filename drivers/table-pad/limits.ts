/** A press that is sent again comes after the time in the table and what its line takes. */
export const REPEAT_MARGIN = 1.5;
