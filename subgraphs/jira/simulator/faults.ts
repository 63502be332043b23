/** What goes wrong, how often, and for which requests. */
export interface Fault {
  /** Only for this HTTP method. */
  readonly method?: string;
  /** Only for endpoints (see `endpointOf`) or paths that contain this text. */
  readonly path?: string;
  /**
   * - `status`: answers with `status`, nothing is applied;
   * - `login`: refuses the login as Jira Cloud does with an expired token: 200 with nothing found, 404 for an issue, and a header that tells;
   * - `slow`: waits `delayMs`, then goes on;
   * - `cut`: breaks the connection, nothing is applied;
   * - `cut-after-applying`: applies, then breaks the connection;
   * - `hang-after-applying`: applies, then never answers;
   * - `apply-late`: breaks the connection, and applies `delayMs` later all the same.
   */
  readonly kind: 'status' | 'login' | 'slow' | 'cut' | 'cut-after-applying' | 'hang-after-applying' | 'apply-late';
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Of a 429, `jira-burst-based` unless given; with a 401 what the gateway for scoped tokens says, e.g. `Unauthorized; scope does not match`. */
  readonly reason?: string;
  readonly delayMs?: number;
  /** How many requests it hits; all of them unless given. */
  readonly times?: number;
  /** 0 to 1: the chance for each request; 1 unless given. */
  readonly probability?: number;
}

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly list: () => readonly Fault[];
  readonly clear: () => void;
  /** The first fault that hits this request, if any; counts it. */
  readonly take: (method: string, path: string) => Fault | undefined;
}

/** `random` (0 to 1) decides for faults with a probability. */
export function createFaults(random: () => number): Faults {
  let active: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    list: () => active.map(({ fault }) => fault),
    clear: () => {
      active = [];
    },
    take: (method, path) => {
      const hit = active.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          (fault.path === undefined || path.includes(fault.path)) &&
          random() < (fault.probability ?? 1),
      );
      if (hit === undefined) return undefined;
      hit.left--;
      if (hit.left <= 0) active = active.filter((entry) => entry !== hit);
      return hit.fault;
    },
  };
}
