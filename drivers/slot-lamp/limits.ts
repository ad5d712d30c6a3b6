/** A lamp that shall stay on is told to blink again so long before its blinking ends, or it would go dark for a moment. */
export const RENEW_EARLY_MS = 500;
