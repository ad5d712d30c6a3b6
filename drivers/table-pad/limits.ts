/** A pad that answers does so within a few frames' time, at 9600 baud some 10 ms each. */
export const ANSWER_MS = 1_000;
