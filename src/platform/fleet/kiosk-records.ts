import type { KioskRecord } from '../../contract/office/fleet.ts';
import { deviceEventSubmission } from '../../contract/platform-api.ts';
import type { Sql } from '../sql.ts';

/** Every kiosk that anything arrived from, in the order of their ids. */
export async function readKiosks(sql: Sql): Promise<KioskRecord[]> {
  const heard = await sql.all<{ kioskId: string; heardAt: string; cases: number }>(
    `SELECT kiosk_id AS "kioskId", max(received_at) AS "heardAt", CAST(sum(is_case) AS BIGINT) AS cases FROM (
       SELECT kiosk_id, received_at, 1 AS is_case FROM case_record WHERE parent_id IS NULL
       UNION ALL SELECT kiosk_id, received_at, 0 FROM self_test
       UNION ALL SELECT kiosk_id, received_at, 0 FROM config_report
       UNION ALL SELECT kiosk_id, received_at, 0 FROM device_event
     ) AS arrival GROUP BY kiosk_id ORDER BY kiosk_id`,
  );
  const kiosks: KioskRecord[] = [];
  for (const kiosk of heard) {
    const selfTest = await lastSelfTest(sql, kiosk.kioskId);
    kiosks.push({ ...kiosk, ...(selfTest && { selfTest }), troubles: await troublesOf(sql, kiosk.kioskId) });
  }
  return kiosks;
}

function lastSelfTest(sql: Sql, kioskId: string): Promise<KioskRecord['selfTest']> {
  return sql.get(
    'SELECT ended_at AS "endedAt", verdict FROM self_test WHERE kiosk_id = $1 ORDER BY ended_at DESC LIMIT 1',
    [kioskId],
  );
}

/** By the last word about each device; what was left lying at one says nothing about how it is. */
async function troublesOf(sql: Sql, kioskId: string): Promise<KioskRecord['troubles']> {
  const states = `kind IN ('fault', 'recovered', 'closed', 'opened')`;
  const last = await sql.all<{ content: string }>(
    `SELECT content FROM device_event WHERE rowid IN (
       SELECT max(rowid) FROM device_event WHERE kiosk_id = $1 AND ${states} GROUP BY device
     ) ORDER BY device`,
    [kioskId],
  );
  return last.flatMap(({ content }) => {
    const { device, kind, reason, at } = deviceEventSubmission.parse(JSON.parse(content));
    return kind === 'fault' || kind === 'closed' ? [{ device, kind, at, ...(reason && { reason }) }] : [];
  });
}
