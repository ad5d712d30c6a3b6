import { createPublicKey, verify } from 'node:crypto';
import {
  type ConfigRejection,
  type ConfigStatement,
  configStatement,
  describeIssues,
  signedConfig,
} from '../../contract/signed-config.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { done, refused, type Result } from '../../domain/result.ts';

/** What an Ed25519 signature of a configuration is over: see `signed-config.ts` of the contract. */
export function signedBytes(statement: unknown): Buffer {
  return Buffer.from(canonicalJson(statement), 'utf8');
}

/**
 * A statement that the key's owner signed and that this version understands. The signature is looked at before anything else
 * is: what it does not cover is nobody's word.
 *
 * @param publicKey the configuration's `configurationKey`
 */
export function readSigned(
  raw: unknown,
  publicKey: string | undefined,
): Result<ConfigStatement, Extract<ConfigRejection, 'no-key' | 'not-a-statement' | 'signature-wrong' | 'invalid'>> {
  if (publicKey === undefined) return refused('no-key');
  const envelope = signedConfig.safeParse(raw);
  if (!envelope.success) return refused('not-a-statement', describeIssues(envelope.error));
  const { statement, signature } = envelope.data;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (!verify(undefined, signedBytes(statement), key, Buffer.from(signature, 'base64')))
    return refused('signature-wrong');
  const understood = configStatement.safeParse(statement);
  return understood.success ? done(understood.data) : refused('invalid', describeIssues(understood.error));
}
