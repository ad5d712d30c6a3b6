// What a packaged Electron lacks to be used in development: take the application (a folder or a file) from the command
// line, as `electron PATH` does, and load it.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));

if (named === undefined) {
  console.error('Name the application to open: electron PATH');
  app.exit(2);
} else {
  await load(resolve(named));
}

/** @param {string} path */
async function load(path) {
  const description = join(path, 'package.json');
  let main = path;
  if (existsSync(description)) {
    const about = JSON.parse(readFileSync(description, 'utf8'));
    app.setName(about.productName ?? about.name ?? 'electron');
    if (about.version !== undefined) app.setVersion(about.version);
    app.setAppPath(path);
    main = resolve(path, about.main ?? 'index.js');
  } else {
    app.setAppPath(dirname(path));
  }
  process.defaultApp = true;
  await import(pathToFileURL(createRequire(path).resolve(main)).href);
}
