// `npm run config -- key FILE`, `-- sign STATEMENT --key FILE`, `-- check SIGNED --kiosk KIOSK.json`: configuration that the
// platform hands to kiosks. A statement is `src/contract/signed-config.ts` as JSON; what is signed goes to standard output.
// `-- check --kiosk KIOSK.json --tree TREE.json`: the kiosk's regions, offices and windows against those of the platform.

import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { parseKioskConfig } from '../src/contract/config.ts';
import { attempt, readJson } from './config/read.ts';
import { checkTree } from './config/tree.ts';
import { configStatement, describeIssues, withRemote } from '../src/contract/signed-config.ts';
import { readSigned, signedBytes } from '../src/core/remote-config/signature.ts';
import { done, refused, type Result } from '../src/domain/result.ts';

const USAGE = 2;
const usage = `Usage: npm run config -- key FILE                         makes a key pair: FILE is the private one, keep it away from kiosks
       npm run config -- sign STATEMENT --key FILE        prints the signed statement
       npm run config -- check SIGNED --kiosk KIOSK.json  says what that kiosk would do with it
       npm run config -- check --kiosk KIOSK.json --tree TREE.json
              lists where the kiosk's regions, offices and windows differ from the platform's tree; all have to agree`;

process.exitCode = main();

function main(): number {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string' }, kiosk: { type: 'string' }, tree: { type: 'string' } },
    allowPositionals: true,
  });
  const [command, file, ...rest] = positionals;
  if (command === 'check' && file === undefined && values.kiosk !== undefined && values.tree !== undefined)
    return tell(checkTree(values.kiosk, values.tree));
  if (file !== undefined && rest.length === 0) {
    if (command === 'key') return tell(makeKey(file));
    if (command === 'sign' && values.key !== undefined) return tell(signFile(file, values.key));
    if (command === 'check' && values.kiosk !== undefined) return tell(check(file, values.kiosk));
  }
  console.error(usage);
  return USAGE;
}

function tell(outcome: Result<string>): number {
  if (outcome.ok) console.log(outcome.value);
  else console.error(`${outcome.reason}${outcome.detail === undefined ? '' : `: ${outcome.detail}`}`);
  return outcome.ok ? 0 : 1;
}

function makeKey(file: string): Result<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const written = attempt(() =>
    // An older key is not lost by a slip of the finger.
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' }),
  );
  if (!written.ok) return written;
  return done(`"configurationKey": "${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}"`);
}

function signFile(file: string, keyFile: string): Result<string> {
  const raw = readJson(file);
  if (!raw.ok) return raw;
  const statement = configStatement.safeParse(raw.value);
  if (!statement.success) return refused('not a statement', describeIssues(statement.error));
  const key = attempt(() => createPrivateKey(readFileSync(keyFile)));
  if (!key.ok) return key;
  if (key.value.asymmetricKeyType !== 'ed25519') return refused('not an Ed25519 key', keyFile);
  return done(JSON.stringify({ statement: raw.value, signature: signatureOf(raw.value, key.value) }, undefined, 2));
}

function signatureOf(statement: unknown, key: KeyObject): string {
  return sign(undefined, signedBytes(statement), key).toString('base64');
}

function check(file: string, kioskFile: string): Result<string> {
  const text = attempt(() => readFileSync(kioskFile, 'utf8'));
  const own = text.ok ? parseKioskConfig(text.value) : text;
  if (!own.ok) return own;
  const raw = readJson(file);
  if (!raw.ok) return raw;
  const read = readSigned(raw.value, own.value.configurationKey);
  if (!read.ok) return read;
  const { kioskId, version, effectiveAt } = read.value;
  if (kioskId !== own.value.kioskId) return refused('other-kiosk', kioskId);
  const good = `good: version ${version} for ${kioskId}, in force from ${effectiveAt}`;
  if ('returnTo' in read.value) return done(`${good}, returns to version ${read.value.returnTo}`);
  const whole = withRemote(own.value, read.value.config);
  return whole.ok ? done(`${good}, sets ${Object.keys(read.value.config).join(', ')}`) : whole;
}
