/** What a parameter of a statement may be. Times are ISO 8601 texts, so that both engines keep and order them alike. */
type SqlValue = string | number | Uint8Array | null;

/**
 * Statements that SQLite and PostgreSQL both understand, with parameters `$1`, `$2`, … that each appear in the text.
 * `Row` is the caller's word for what the columns hold; whole numbers come as numbers.
 */
export interface Sql {
  /** The first row of the answer. */
  get<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined>;
  all<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  run(text: string, values?: readonly SqlValue[]): Promise<void>;
}

export interface Transaction extends Sql {
  /**
   * Keeps a name to this transaction among all processes of the store until it ends, however it ends.
   *
   * @returns false at once when another transaction has it
   */
  claim(name: string): Promise<boolean>;
}

/** An opened store. Several processes may have one PostgreSQL database; a SQLite file has one process. */
export interface SqlDatabase extends Sql {
  /**
   * All or nothing, on disk when it resolves. The work is done again from its start when another transaction came in
   * between, so it changes nothing but the store.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
