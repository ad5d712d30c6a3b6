import { chownSync, existsSync, lstatSync, lchownSync, mkdirSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

import { Problem } from './problem.ts';
import type { User } from './user.ts';

/**
 * Lets the user write into folders that belong to root.
 *
 * @returns gives the folders inside the checkout back to the checkout's owner
 * @throws {Problem} for a folder that holds somebody else's files
 */
export function openOutputs(root: string, outputs: readonly string[], user: User): () => void {
  for (const folder of outputs) mkdirSync(folder, { recursive: true });
  if (user.kind === 'same') return () => undefined;
  for (const folder of outputs) {
    const ours =
      folder.startsWith(root + sep) || lstatSync(folder).uid === user.uid || readdirSync(folder).length === 0;
    if (!ours) throw new Problem(`${folder} holds other files. Choose a folder that is new or empty.`);
    give(folder, user.uid, user.gid);
  }
  return () => {
    const owner = lstatSync(root);
    for (const folder of outputs) {
      if (folder.startsWith(root + sep) && existsSync(folder)) give(folder, owner.uid, owner.gid);
    }
  };
}

function give(path: string, uid: number, gid: number): void {
  const about = lstatSync(path);
  if (about.uid !== uid || about.gid !== gid) (about.isSymbolicLink() ? lchownSync : chownSync)(path, uid, gid);
  if (about.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), uid, gid);
}
