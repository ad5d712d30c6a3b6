import { z } from 'zod';
import { done, refused, type Result } from '../domain/result.ts';
import { kioskConfig, type KioskConfig } from './config.ts';

/**
 * Configuration that comes from the platform. It may replace what the hall decides. What belongs to the machine stays in the
 * machine's own file: who it is, how it reaches platform and case library (the way back when something is wrong), what is plugged in
 * where, what seals the store (in which this configuration lies), and whose signature it believes.
 */
const remoteConfig = kioskConfig
  .omit({ kioskId: true, platform: true, caseLibrary: true, devices: true, cryptography: true, configurationKey: true })
  .partial();

const head = {
  format: z.literal(1),
  /** The only kiosk that may take it. */
  kioskId: z.string().regex(/^[A-Z0-9]{4,12}$/),
  /** Higher than every one before. */
  version: z.int().positive(),
  /** From when on it is in force; a time that is over means at once. */
  effectiveAt: z.iso.datetime({ offset: true }),
};

/** What is signed. `returnTo` takes up an earlier version again, 0 the machine's own file alone. */
export const configStatement = z.union([
  z.strictObject({ ...head, config: remoteConfig }),
  z.strictObject({ ...head, returnTo: z.int().nonnegative() }),
]);
export type ConfigStatement = z.infer<typeof configStatement>;

/** `signature`: Ed25519 (RFC 8032) over the UTF-8 bytes of the statement as canonical JSON (RFC 8785), base64. */
export const signedConfig = z.object({
  statement: z.record(z.string(), z.unknown()),
  signature: z.base64().length(88),
});

/** What became of a configuration that was sent to a kiosk. */
const configOutcome = z.enum([
  /** Believed, and waits for its time. */
  'accepted',
  'in-force',
  /** Not believed or not usable; what was in force stays so. */
  'rejected',
  /** It was tried and the kiosk did not start with it; the former one is in force again. */
  'returned',
]);

export const configRejection = z.enum([
  /** The machine's own file names no key. */
  'no-key',
  'not-a-statement',
  'signature-wrong',
  'other-kiosk',
  'version-not-newer',
  /** The schema of the configuration refuses it. */
  'invalid',
  /** To return to a version that is not here. */
  'version-unknown',
  'start-failed',
]);
export type ConfigRejection = z.infer<typeof configRejection>;

export const configReportExample = {
  id: '019ab4c0-5a00-7000-8000-000000000005',
  kioskId: 'KSK1',
  version: 7,
  outcome: 'rejected' as const,
  reason: 'signature-wrong' as const,
  at: '2026-11-22T09:33:00+08:00',
};

export const configReport = z
  .strictObject({
    id: z.uuid(),
    kioskId: head.kioskId,
    /** 0 when it could not be read. */
    version: z.int().nonnegative(),
    outcome: configOutcome,
    reason: configRejection.optional(),
    at: z.iso.datetime({ offset: true }),
  })
  .meta({ examples: [configReportExample] });
export type ConfigReport = z.infer<typeof configReport>;

/** The configuration that a kiosk works by: its own file, and over it what came from the platform; checked as a whole. */
export function withRemote(own: KioskConfig, remote: z.infer<typeof remoteConfig>): Result<KioskConfig, 'invalid'> {
  const merged = kioskConfig.safeParse({ ...own, ...remote });
  return merged.success ? done(merged.data) : refused('invalid', describeIssues(merged.error));
}

/** The first places that are wrong, by their paths, for the maintainer. */
export function describeIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`).join('; ');
}
