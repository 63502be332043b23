import { showConnections } from '../metrics.ts';

/** How many WebSockets and HTTP streams are open, and where from. */
export interface Connections {
  /** Takes a place for a client of this address; the result gives it back, however often it is called. Undefined: there is no place. */
  readonly open: (ip: string) => (() => void) | undefined;
  readonly stop: () => void;
}

export interface ConnectionLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerIp: number;
}

export function createConnections({ maxConnections, maxConnectionsPerIp }: ConnectionLimits): Connections {
  const byIp = new Map<string, number>();
  let total = 0;
  const hide = showConnections(() => ({ open: total, most: maxConnections }));
  return {
    stop: hide,
    open: (ip) => {
      const count = byIp.get(ip) ?? 0;
      if (total >= maxConnections || count >= maxConnectionsPerIp) return undefined;
      byIp.set(ip, count + 1);
      total += 1;
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        total -= 1;
        const left = (byIp.get(ip) ?? 1) - 1;
        if (left === 0) byIp.delete(ip);
        else byIp.set(ip, left);
      };
    },
  };
}
