import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = promisify(execFile);

/** Paths of PEM files. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority for demonstrations and tests: made anew in a folder, never committed. */
export interface Authority {
  /** Path of its PEM file. */
  readonly certificate: string;
  /** For a platform, reached at these addresses. */
  issueServer(addresses: readonly string[]): Promise<Issued>;
  /** For a kiosk. */
  issueDevice(kioskId: string): Promise<Issued>;
}

/** The system's own configuration would add extensions of its own. */
const CONFIG = '[req]\ndistinguished_name = name\nprompt = no\n[name]\n';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAYS = '365';

/** Made by the `openssl` program (3.0 or newer), which every Debian has. */
export async function createAuthority(folder: string): Promise<Authority> {
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'openssl.cnf');
  await writeFile(config, CONFIG);

  async function make(name: string, extensions: readonly string[], more: readonly string[]): Promise<Issued> {
    const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const out = ['-keyout', files.key, '-out', files.certificate];
    const subject = ['-subj', `/CN=${name}`, '-days', DAYS];
    await openssl('openssl', ['req', '-x509', '-config', config, ...NEW_KEY, ...subject, ...added, ...more, ...out]);
    return files;
  }
  const own = await make('authority', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'], []);
  const issue = (name: string, usage: string, extensions: readonly string[]): Promise<Issued> =>
    make(
      name,
      ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature', usage, ...extensions],
      ['-CA', own.certificate, '-CAkey', own.key],
    );
  return {
    certificate: own.certificate,
    issueServer: (addresses) => {
      const names = addresses.map((address) => (/^[\d.:]+$/.test(address) ? `IP:${address}` : `DNS:${address}`));
      return issue('platform', 'extendedKeyUsage=serverAuth', [`subjectAltName=${names.join(',')}`]);
    },
    issueDevice: (kioskId) => issue(kioskId, 'extendedKeyUsage=clientAuth', []),
  };
}

/** What the files of an {@link Issued} hold. */
export async function readIssued({ certificate, key }: Issued): Promise<Issued> {
  return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
}
