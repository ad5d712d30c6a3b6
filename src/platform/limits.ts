/** Largest request body taken, in bytes: a scan of 8,000,000 base64 characters and its JSON, with room to spare. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;
