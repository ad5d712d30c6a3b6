import { randomUUID } from 'node:crypto';
import type { Acknowledgement, HandOverLine, HandOverPackage, Manifest } from '../../contract/office/hand-over.ts';
import { isOver } from '../../domain/case/states.ts';
import { payloadOf, type CrossRegionPlace } from '../../domain/cross-region.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { readCaseFile } from '../cases/case-file.ts';
import { readItem } from '../cases/case-item.ts';
import { contentHash } from '../content-hash.ts';
import { createRecords } from '../records.ts';
import type { Sql, Transaction } from '../sql.ts';
import { mismatchesOf } from './mismatches.ts';
import { entriesOf, type Unpacked } from './package.ts';

interface Row {
  readonly id: string;
  readonly case_id: string;
  readonly direction: HandOverLine['direction'];
  readonly manifest: string;
  readonly manifest_hash: string;
  readonly payload: string;
  readonly content: string;
  readonly at: string;
  readonly peer_number: string | null;
  readonly acknowledged_at: string | null;
}

type Images = (sql: Sql, pages: readonly string[]) => Promise<{ id: string; image: Buffer }[]>;

/** Packs a case as it stands: a later supplement is not in it. */
export async function pack(
  sql: Transaction,
  {
    caseId,
    mode,
    ...where
  }: { readonly caseId: string; readonly mode: Manifest['mode'] } & Omit<CrossRegionPlace, 'takenInAt'>,
  images: Images,
  now: Date,
): Promise<
  Result<
    { packageId: string; manifestHash: string },
    'unknown-case' | 'pages-missing' | 'case-is-over' | 'not-offered' | 'other-than-chosen' | 'packed-before'
  >
> {
  const file = await readCaseFile(sql, caseId);
  if (!file) return refused('unknown-case');
  if (file.pagesMissing > 0) return refused('pages-missing');
  if (isOver(file.trail.state)) return refused('case-is-over');
  const { itemCode, itemVersion, hallCode, materials, crossRegion: chosen } = file.content;
  if (chosen && (chosen.mode !== mode || chosen.homeRegion !== where.homeRegion)) return refused('other-than-chosen');
  const item = await readItem(sql, itemCode, itemVersion);
  const offer = item?.crossRegion?.find((one) => one.mode === mode && one.regions.includes(where.homeRegion));
  if (!offer) return refused('not-offered');
  if (await sql.get('SELECT 1 AS found FROM hand_over WHERE case_id = $1', [caseId])) return refused('packed-before');
  const takenInAt = hallCode.slice(0, 6);
  const payload = JSON.stringify(payloadOf(file.content, mode, { takenInAt, ...where }));
  const content = JSON.stringify(file.content);
  const pages = await images(
    sql,
    materials.flatMap((material) => material.pages.map(({ id }) => id)),
  );
  const manifest: Manifest = {
    form: 1,
    packageId: randomUUID(),
    caseId,
    from: takenInAt,
    to: where.homeRegion,
    mode,
    packedAt: now.toISOString(),
    entries: entriesOf({ payload, content, pages }),
  };
  const hash = contentHash(manifest);
  await sql.run(
    `INSERT INTO hand_over (id, case_id, direction, manifest, manifest_hash, payload, content, at)
     VALUES ($1, $2, 'out', $3, $4, $5, $6, $7)`,
    [manifest.packageId, caseId, JSON.stringify(manifest), hash, payload, content, manifest.packedAt],
  );
  return done({ packageId: manifest.packageId, manifestHash: hash });
}

export async function readPackage(sql: Sql, packageId: string, images: Images): Promise<HandOverPackage | undefined> {
  const row = await sql.get<Row>(`SELECT * FROM hand_over WHERE id = $1 AND direction = 'out'`, [packageId]);
  if (!row) return undefined;
  const manifest: Manifest = JSON.parse(row.manifest);
  const ids = manifest.entries.flatMap(({ name }) => (name.startsWith('page/') ? [name.slice('page/'.length)] : []));
  const pages = await images(sql, ids);
  return {
    manifest,
    manifestHash: row.manifest_hash,
    payload: row.payload,
    content: row.content,
    pages: pages.map(({ id, image }) => ({ id, image: image.toString('base64') })),
  };
}

/** Takes a case of another region in: with a number of ours, and under the sender's region in place of a kiosk. */
export async function receive(
  sql: Transaction,
  { manifest, manifestHash, payload }: HandOverPackage,
  { content }: Unpacked,
  now: Date,
): Promise<Result<Acknowledgement, 'content-differs'>> {
  const own = { ...content, hallCode: manifest.to, kioskId: `REGION-${manifest.from}` };
  const taken = await createRecords(sql).addCase(own, now);
  if (!taken.ok) return taken;
  const { officialNumber, receivedAt } = taken.value;
  const { packageId, caseId } = manifest;
  if (!(await sql.get('SELECT 1 AS found FROM hand_over WHERE id = $1', [packageId])))
    await sql.run(
      `INSERT INTO hand_over (id, case_id, direction, manifest, manifest_hash, payload, content, at)
       VALUES ($1, $2, 'in', $3, $4, $5, '', $6)`,
      [packageId, caseId, JSON.stringify(manifest), manifestHash, payload, receivedAt],
    );
  return done({ packageId, manifestHash, officialNumber, receivedAt });
}

export async function acknowledge(
  sql: Transaction,
  { packageId, manifestHash, officialNumber }: Acknowledgement,
  now: Date,
): Promise<Result<{ acknowledgedAt: string }, 'unknown-package' | 'hash-differs' | 'acknowledged-before'>> {
  const row = await sql.get<Row>(`SELECT * FROM hand_over WHERE id = $1 AND direction = 'out'`, [packageId]);
  if (!row) return refused('unknown-package');
  if (row.manifest_hash !== manifestHash) return refused('hash-differs');
  if (row.acknowledged_at !== null) return refused('acknowledged-before');
  const acknowledgedAt = now.toISOString();
  await sql.run('UPDATE hand_over SET peer_number = $1, acknowledged_at = $2 WHERE id = $3', [
    officialNumber,
    acknowledgedAt,
    packageId,
  ]);
  return done({ acknowledgedAt });
}

export async function handOversOf(sql: Sql, caseId: string): Promise<HandOverLine[]> {
  const rows = await sql.all<Row>('SELECT * FROM hand_over WHERE case_id = $1 ORDER BY at', [caseId]);
  const lines = [];
  for (const row of rows) {
    const { id, direction, at, peer_number: officialNumber, acknowledged_at: acknowledgedAt } = row;
    const { from, to, mode }: Manifest = JSON.parse(row.manifest);
    const mismatches = await mismatchesOf(sql, id);
    const acknowledged =
      officialNumber !== null && acknowledgedAt !== null ? { at: acknowledgedAt, officialNumber } : undefined;
    const sent = acknowledged ? 'acknowledged' : mismatches.length > 0 ? 'not-as-packed' : 'packed';
    const state = direction === 'in' ? 'received' : sent;
    lines.push({
      packageId: id,
      direction,
      from,
      to,
      mode,
      at,
      state,
      mismatches,
      ...(acknowledged && { acknowledged }),
    } as const);
  }
  return lines;
}
