/** The package brings no types; these are of what the bench uses. */
declare module 'better-queue' {
  interface Ticket {
    on(event: 'queued', listener: () => void): this;
    on(event: 'failed', listener: (reason: string) => void): this;
  }
  interface Options<T> {
    readonly autoResume?: boolean;
    readonly store?: Queue.Store<T>;
  }
  class Queue<T> {
    constructor(process: (task: T, done: (error?: Error) => void) => void, options?: Options<T>);
    push(task: T): Ticket;
    pause(): void;
  }
  namespace Queue {
    interface Store<T> {
      connect(done: (error: null, length: number) => void): void;
      getTask(id: string, done: (error: null, task: T | undefined) => void): void;
      putTask(id: string, task: T, priority: number | undefined, done: (error: null) => void): void;
      getRunningTasks(done: (error: null, running: Readonly<Record<string, never>>) => void): void;
      takeFirstN(count: number, done: (error: null, lock: string) => void): void;
    }
  }
  export = Queue;
}
