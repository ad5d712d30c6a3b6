export declare function withLock<T>(
  folder: string,
  say: (line: string) => void,
  work: () => T | Promise<T>,
): Promise<T>;
