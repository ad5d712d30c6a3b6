import { readdirSync, readFileSync } from 'node:fs';

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
    found.push({ pid, kind: kindOf(pid), pssKiB: pssOf(pid) });
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** Nothing for a process that has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  try {
    // proc_pid_stat(5): the name may hold spaces and brackets, so what follows it is counted from its end.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function kindOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
  const after = (start: string) => words.find((word) => word.startsWith(start))?.slice(start.length);
  return [after('--type=') ?? 'main', after('--utility-sub-type=')].filter(Boolean).join(' ');
}

function pssOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]);
}
