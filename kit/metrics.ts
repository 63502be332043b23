import { collectDefaultMetrics, register } from 'prom-client';

let collecting = false;

/** The process's metrics in Prometheus text form; the embedded product's services share one process and so one registry. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  if (!collecting) {
    collecting = true;
    collectDefaultMetrics();
  }
  return { contentType: register.contentType, text: await register.metrics() };
}
