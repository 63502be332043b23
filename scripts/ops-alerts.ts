// `npm run ops:alerts`: writes the alerts of ops/prometheus as the PrometheusRule of the Kubernetes overlay; a test keeps it fresh.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const root = join(import.meta.dirname, '..');

export const alertsManifest = join(root, 'k8s/overlays/production/alerts.yaml');

export function renderAlerts(): string {
  const { groups } = parse(readFileSync(join(root, 'ops/prometheus/tally.rules.yml'), 'utf8'));
  const rule = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'tally' }, spec: { groups } };
  return `# Written by \`npm run ops:alerts\` out of ops/prometheus/tally.rules.yml: change that.\n${stringify(rule, { lineWidth: 0 })}`;
}

if (import.meta.main) writeFileSync(alertsManifest, renderAlerts());
