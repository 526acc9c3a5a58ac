import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Prometheus figures of this process. Labels are routes and statuses, never anything about a person. */
export function openMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'tongban_http_request_seconds',
    help: 'How long answers took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    observe: (method: string, route: string, status: number, ms: number) =>
      duration.observe({ method, route, status }, ms / 1000),
    text: () => registry.metrics(),
  };
}
