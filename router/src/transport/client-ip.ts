import type { IncomingMessage } from 'node:http';

/**
 * The address of the client behind `trustedProxies` proxies of ours, each of which appends to X-Forwarded-For.
 * With 0 the header is ignored: anybody can send it.
 */
export function createClientIp(trustedProxies: number): (request: IncomingMessage) => string {
  return (request) => {
    const direct = request.socket.remoteAddress ?? '';
    if (trustedProxies === 0) return direct;
    const header = request.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => hop.trim());
    return hops.at(-trustedProxies) || direct;
  };
}
