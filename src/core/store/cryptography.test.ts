import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { Notices } from '../status/notices.ts';
import { ciphersFor, lastCryptography, noteCryptography, type Cryptography } from './cryptography.ts';
import { migrate } from './migrations/index.ts';

let database: InstanceType<typeof Sqlite>;
beforeEach(() => {
  database = new Sqlite(':memory:');
  migrate(database);
});

const now = () => new Date('2026-11-22T01:30:00Z');
const note = (profile: Cryptography) => noteCryptography(database, new AuditTrail(database, now), profile);
const namesFor = async (profile: Cryptography) => (await ciphersFor(database, profile)).map(({ name }) => name);

describe('the profile of a store', () => {
  it('is international until another one was noted, and then the last one', () => {
    expect(lastCryptography(database)).toBe('international');
    note('national');
    expect(lastCryptography(database)).toBe('national');
    note('international');
    expect(lastCryptography(database)).toBe('international');
  });

  it('needs the algorithms of the other one only where there may be values of it', async () => {
    expect(await namesFor('international')).toEqual(['aes-256-gcm']);
    expect(await namesFor('national')).toEqual(['sm4-gcm', 'aes-256-gcm']);
    note('national');
    expect(await namesFor('national')).toEqual(['sm4-gcm', 'aes-256-gcm']);
    note('international');
    expect(await namesFor('international')).toEqual(['aes-256-gcm', 'sm4-gcm']);
  });

  it.each(['salvage-pending', 'store-set-aside'])('is not sure after rows were lost (%s)', async (kind) => {
    database
      .prepare<[string, string]>(`INSERT INTO notice (at, kind, detail) VALUES (?, ?, '')`)
      .run('2026-11-22T09:30:00+08:00', kind);
    expect(await namesFor('international')).toEqual(['aes-256-gcm', 'sm4-gcm']);
  });

  it('is no news for staff', () => {
    note('national');
    expect(new Notices(database).since('1970-01-01T00:00:00+08:00')).toEqual([]);
  });
});
