import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

// man 5 proc_pid_stat: in hundredths of a second, after the name in parentheses; of its own, then of those that it has waited for.
const ticksPerSecond = 100;
const [parentAt, ownAt, afterWaitedAt] = [1, 11, 15];

/** CPU seconds, user and system, of this process and of all that it started, e.g. servers and browsers; undefined where there is no /proc. */
export function measureWork(pid = process.pid): number | undefined {
  const processes = readProcesses();
  if (!processes.some((process) => process.pid === pid)) return undefined;
  const sum = (root: number): number =>
    processes.reduce((total, process) => {
      if (process.pid === root) return total + process.seconds;
      return process.parent === root ? total + sum(process.pid) : total;
    }, 0);
  return sum(pid);
}

function readProcesses(): readonly Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .flatMap(readProcess);
  } catch {
    return [];
  }
}

/** Empty: it has ended meanwhile. */
function readProcess(pid: string): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(ownAt, afterWaitedAt).reduce((total, field) => total + Number(field), 0);
    return [{ pid: Number(pid), parent: Number(fields[parentAt]), seconds: ticks / ticksPerSecond }];
  } catch {
    return [];
  }
}
