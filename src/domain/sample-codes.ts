import { makeProvisionalNumber } from './provisional-number.ts';

/** Made-up codes for simulated readers: the number of a case that nobody has, and an address that belongs elsewhere. */
export const sampleCodes: readonly string[] = [makeProvisionalNumber('DEMO', '2026-01-05', 1), 'https://example.org/'];
