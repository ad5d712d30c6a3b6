/**
 * Between two finds while no card lies there. Short, since it counts as waiting for the person; a real reader takes up to
 * 100 ms for the find itself, so this is only the breath between two of them.
 */
export const FIND_POLL_MS = 1;
/** Find, select and status are answered within about 100 ms by shipped readers; ten times that is a fault. */
export const SHORT_ANSWER_MS = 1_000;
/** Newest address or management number: shipped drivers give the reader 1.5 s for it, in which it talks to the card. */
export const ITEM_ANSWER_MS = 1_500;
/** From the read command to the first byte of its answer: the reader talks to the card over radio in this time. */
export const READ_START_MS = 3_000;
/** Between two pieces of one answer. USB bridges hold bytes back for up to 16 ms; a busy machine for longer. */
export const READ_IDLE_MS = 500;
/** Finds without any sensible answer, one after another, until the reader counts as silent. */
export const SILENT_FINDS = 3;
/** How long one call waits for somebody to lay a card down. */
export const WAIT_FOR_CARD_MS = 60_000;
/** Find, select and read are tried so often for one card. */
export const READ_TRIES = 2;
/**
 * From the name on to the next question: the page shows the name in this time, and the computer has nothing else to do
 * meanwhile.
 */
export const NAME_FIRST_MS = 25;
/** Between two looks at whether a card was taken; it is a person who acts on it. */
export const PRESENCE_POLL_MS = 400;
/** Looks without the card, one after the other, until it counts as taken: it may only have been moved. */
export const LOOKS_WITHOUT_CARD = 2;
