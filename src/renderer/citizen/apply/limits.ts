/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets. */
export const LONGEST_EMAIL = 254;
/** A landline with area code: 4 + 8; a mobile number has 11. */
export const DIGITS_OF_A_PHONE = 12;
/** More than any amount a form asks for. */
export const DIGITS_OF_A_NUMBER = 15;

/** Milliseconds until a camera that does not start counts as broken. */
export const CAMERA_START_MS = 8_000;
/** What the page asks the camera for; it gives what it has. Enough to read small print on a whole A4 page. */
export const STILL_WIDTH = 2_592;
export const STILL_HEIGHT = 1_944;
/** JPEG qualities to try until a page fits what core takes. */
export const STILL_QUALITIES = [0.88, 0.7, 0.5] as const;
/** Bytes; core's own limit of one page. */
export const LARGEST_STILL = 6_000_000;

/** Stroke of the signature in CSS pixels, thin and thick. */
export const PEN_MIN = 2.5;
export const PEN_MAX = 6;

/** Pixels: sharp enough to see which page it is, on the largest screen. */
export const THUMBNAIL_WIDTH = 440;
