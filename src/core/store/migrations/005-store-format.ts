/**
 * From which version of the schema on a program can read this store: what a later version adds is passed over by those that
 * do not know it, so an update can be rolled back; what it changes is not. The number is put in by the migration.
 */
export const storeFormat = `
CREATE TABLE store_format (min_reader_version INTEGER NOT NULL) STRICT;
INSERT INTO store_format VALUES (1);
`;
