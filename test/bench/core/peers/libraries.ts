import { createRequire } from 'node:module';
import Queue from 'better-queue';
import Sqlite from 'better-sqlite3';
import { buildDBClient, SqliteQueue } from 'liteque';
import { better, defineQueue } from 'plainjob';
import type { Contender, Durability } from './contender.ts';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** Sets `synchronous = NORMAL` for itself. */
export function plainjob(path: string, content: string, durability: Durability): Contender {
  const database = new Sqlite(path);
  const queue = defineQueue({ connection: better(database), logger: silent });
  if (durability === 'synced') database.pragma('synchronous = FULL');
  return {
    commit(count) {
      for (let done = 0; done < count; done += 1) queue.add('case', content);
    },
    close: () => queue.close(),
  };
}

type Client = ReturnType<typeof buildDBClient>;
/** liteque's own copy of the library it speaks to SQLite by: it has no other way to change a setting. */
const drizzle: { readonly sql: { raw(text: string): Parameters<Client['run']>[0] } } = createRequire(
  import.meta.resolve('liteque'),
)('drizzle-orm');

/** Sets `synchronous = NORMAL` for itself. Its taking out does not work with this better-sqlite3; putting in does. */
export function liteque(path: string, content: string, durability: Durability): Contender {
  const client = buildDBClient(path, { runMigrations: true, walEnabled: true });
  if (durability === 'synced') client.run(drizzle.sql.raw('PRAGMA synchronous = FULL'));
  const queue = new SqliteQueue<string>('cases', client, { defaultJobArgs: { numRetries: 5 }, keepFailedJobs: true });
  return {
    async commit(count) {
      for (let done = 0; done < count; done += 1) await queue.enqueue(content);
    },
    // It cannot be closed; its file goes with the folder.
    close: () => undefined,
  };
}

/**
 * In memory by itself. Synced: over a store of better-sqlite3 with each task in a commit of its own, since its own one needs
 * another SQLite addon. It takes a task a moment after it was given, so it gets all at once and says when it has them.
 */
export function betterQueue(path: string, content: string, durability: Durability): Contender {
  const database = durability === 'synced' ? openTasks(path) : undefined;
  const queue = new Queue<Task>(() => undefined, {
    autoResume: false,
    ...(database && { store: taskStore(database) }),
  });
  queue.pause();
  let last = 0;
  return {
    async commit(count) {
      const taken = Array.from({ length: count }, () => {
        last += 1;
        const ticket = queue.push({ id: String(last), content });
        return new Promise<void>((resolve, reject) => ticket.on('queued', resolve).on('failed', reject));
      });
      await Promise.all(taken);
    },
    close: () => void database?.close(),
  };
}

interface Task {
  readonly id: string;
  readonly content: string;
}

function openTasks(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE task (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT');
  return database;
}

/** As much of a store as putting in takes. */
function taskStore(database: Sqlite.Database): Queue.Store<Task> {
  const put = database.prepare<[string, string]>('INSERT OR REPLACE INTO task (id, content) VALUES (?, ?)');
  const get = database.prepare<[string], string>('SELECT content FROM task WHERE id = ?').pluck();
  return {
    connect: (done) => done(null, 0),
    getTask(id, done) {
      const content = get.get(id);
      done(null, content === undefined ? undefined : { id, content });
    },
    putTask(id, { content }, _priority, done) {
      put.run(id, content);
      done(null);
    },
    getRunningTasks: (done) => done(null, {}),
    takeFirstN: () => {
      throw new Error('nothing is taken out here');
    },
  };
}
