/**
 * What the shell and a process it supervises say to each other beside the API ports: start values, ports, heartbeat.
 * In Electron these travel over `process.parentPort`, in plain Node over the IPC channel of `child_process.fork`.
 */
export interface StartMessage {
  readonly type: 'start';
  readonly configPath: string;
  readonly dataDir: string;
  readonly logDir: string;
  /** 32 bytes, base64: key of the data at rest. Only core gets it. */
  readonly deviceKey?: string;
  /** The key before it, while not everything at rest is under the new one. */
  readonly formerDeviceKey?: string;
  /** File of the SQLite addon when the installed one does not fit the runtime. */
  readonly sqliteBinding?: string;
  readonly appVersion: string;
}
export interface PortMessage {
  readonly type: 'port';
  /** Who is at the other end. */
  readonly peer: 'page' | 'core' | 'devices';
}
export interface PingMessage {
  readonly type: 'ping';
}

export interface PongMessage {
  readonly type: 'pong';
}
/** Sent once the process answers calls. */
export interface ReadyMessage {
  readonly type: 'ready';
}
/** Core only: nothing at rest is under the former device key any more. */
export interface FormerKeyUnusedMessage {
  readonly type: 'former-key-unused';
}
export type FromProcess = PongMessage | ReadyMessage | FormerKeyUnusedMessage;
