import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Checks, readHealth } from './health.ts';
import { type Listening, listen, pathOf, sendJson } from './http.ts';
import { readMetrics } from './metrics.ts';

/** What operators and probes may ask of a service. */
export interface Management {
  readonly service: string;
  readonly checks: Checks;
  /** False when a management port serves the metrics instead. */
  readonly hasMetrics: boolean;
}

/** Answers `/health`, `/health/live`, `/health/ready` and `/metrics`; false for any other path. */
export async function answerManagement(
  { service, checks, hasMetrics }: Management,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (pathOf(request)) {
    case '/health':
    case '/health/ready': {
      const health = await readHealth(service, checks);
      sendJson(response, health.status === 'down' ? 503 : 200, health);
      return true;
    }
    case '/health/live':
      sendJson(response, 200, { status: 'ok', service });
      return true;
    case '/metrics': {
      if (!hasMetrics) return false;
      const { contentType, text } = await readMetrics();
      response.writeHead(200, { 'content-type': contentType }).end(text);
      return true;
    }
    default:
      return false;
  }
}

/**
 * Serves health and metrics on a plain port of their own, so that probes and Prometheus need no client certificate
 * and the metrics need not be on a port that clients reach. Nothing when there is no such port.
 *
 * @throws Error naming MANAGEMENT_PORT when it is taken.
 */
export async function listenForManagement({
  host,
  port,
  ...management
}: Omit<Management, 'hasMetrics'> & { readonly host: string; readonly port: number | undefined }): Promise<
  Pick<Listening, 'stop'> & { readonly url: string | undefined }
> {
  if (port === undefined) return { url: undefined, stop: async () => undefined };
  return listen({
    host,
    port,
    portVariable: 'MANAGEMENT_PORT',
    handle: async (request, response) => {
      if (!(await answerManagement({ ...management, hasMetrics: true }, request, response)))
        sendJson(response, 404, { status: 'not found' });
    },
  });
}
