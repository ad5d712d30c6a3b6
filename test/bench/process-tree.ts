import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessMemory {
  readonly pid: number;
  /** Chromium's own name for it: `renderer`, `gpu-process`, `utility …`; `main` for the first one. */
  readonly kind: string;
  /** Proportional set size: pages shared by several processes count in parts. */
  readonly pssKiB: number;
}

/** The memory of a process and all that descend from it (Linux). */
export function memoryOfTree(root: number): ProcessMemory[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: ProcessMemory[] = [];
  const visit = (pid: number): void => {
    const rollup = readProc(pid, 'smaps_rollup');
    const words = readProc(pid, 'cmdline');
    if (rollup !== undefined && words !== undefined) found.push({ pid, kind: kindOf(words), pssKiB: pssOf(rollup) });
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** Nothing for a process that has ended meanwhile. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}

function parentOf(pid: number): number | undefined {
  const stat = readProc(pid, 'stat');
  // proc_pid_stat(5): the name may hold spaces and brackets, so what follows it is counted from its end.
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function kindOf(commandLine: string): string {
  const words = commandLine.split(/[\0 ]/);
  const after = (start: string) => words.find((word) => word.startsWith(start))?.slice(start.length);
  return [after('--type=') ?? 'main', after('--utility-sub-type=')].filter(Boolean).join(' ');
}

function pssOf(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]);
}

/**
 * How many processes run the same program as `root` and are none of its tree. With them it shares its code, which then
 * counts for less: sizes taken beside others cannot be compared.
 */
export function strangersOf(root: number, tree: readonly ProcessMemory[]): number {
  const own = new Set(tree.map(({ pid }) => pid));
  const program = programOf(root);
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.filter((name) => !own.has(Number(name)) && programOf(Number(name)) === program).length;
}

/** Nothing for a process that has ended, or belongs to somebody else. */
function programOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
