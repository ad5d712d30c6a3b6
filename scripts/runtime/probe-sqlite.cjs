// Run inside the runtime: opens a database with the addon named on the command line, uses it in the ways that differ
// between Node-API versions (references to strings and to other values, errors, garbage collection), and says so.

const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const Database = require('better-sqlite3');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const nativeBinding = process.argv[2];
const options = nativeBinding === undefined ? {} : { nativeBinding };

for (let round = 0; round < 5; round += 1) {
  const database = new Database(':memory:', options);
  database.exec('create table t (a text not null, b blob) strict');
  database.prepare('insert into t values (?, ?)').run('张', Buffer.from([0]));
  database.aggregate('total', { start: 0, step: (sum, value) => sum + value.length });
  const row = database.prepare('select a, b, total(a) as n from t').get();
  if (row.a !== '张' || row.b.length !== 1 || row.n !== 1) throw new Error(`wrong row: ${JSON.stringify(row)}`);
  let refused = false;
  try {
    database.prepare('insert into missing values (1)');
  } catch (error) {
    refused = error.code === 'SQLITE_ERROR';
  }
  if (!refused) throw new Error('a wrong statement was accepted');
  if (round % 2 === 0) database.close();
  collectGarbage();
}

const { version } = new Database(':memory:', options).prepare('select sqlite_version() as version').get();
console.log(`sqlite ${version}`);
