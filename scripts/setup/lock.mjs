// One set-up at a time per checkout.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` while no other process of this machine does so for the same folder; waits for the other one first.
 *
 * The lock is a listening socket: the kernel drops it when its process ends, however it ends, so a lock is never left over
 * by a crash. Linux has such sockets without a file (abstract names), Windows has pipes; elsewhere the file of a dead
 * process is recognised by nobody answering.
 *
 * @template T
 * @param {string} folder
 * @param {(line: string) => void} say
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, say, work) {
  const address = lockAddress(folder);
  let said = false;
  for (;;) {
    const release = await tryListen(address);
    if (release !== undefined) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (!said) say('another set-up of this folder is running; waiting for it');
    said = true;
    const answered = await waitForHolder(address);
    if (!answered && !isKernelName(address)) rmSync(address, { force: true });
  }
}

/** @param {string} folder */
function lockAddress(folder) {
  const name = `hall-kiosk-setup-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), name);
}

/** @param {string} address */
function isKernelName(address) {
  return process.platform === 'win32' || address.startsWith('\0');
}

/**
 * @param {string} address
 * @returns {Promise<(() => void) | undefined>} releases the lock; nothing when another process holds it
 */
function tryListen(address) {
  return new Promise((resolve, reject) => {
    /** @type {Set<import('node:net').Socket>} */
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket);
      // A waiting process only wants to see the connection end; that it vanishes first is no fault.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => waiting.delete(socket));
      socket.unref();
    });
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(() => {
        server.close();
        for (const socket of waiting) socket.destroy();
      });
    });
  });
}

/**
 * @param {string} address
 * @returns {Promise<boolean>} false when nobody listened there
 */
function waitForHolder(address) {
  return new Promise((resolve) => {
    let answered = false;
    const socket = connect(address, () => {
      answered = true;
    });
    // An error is followed by 'close', which is all that counts here.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answered));
    socket.resume();
  });
}
