import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Environment, parseConfig, port } from '../../../kit/process/config.ts';
import { services } from '../../../kit/process/services.ts';
import type { Fault } from './faults.ts';

const options = z.object({
  '--host': z.string().default('127.0.0.1'),
  '--port': port.default(services.simulator.port),
  '--seed': z.coerce.number('must be a number').int().default(42),
  '--issues': z.coerce.number('must be a number').int().min(0).default(330),
  '--flavor': z.enum(['cloud', 'data-center'], 'must be cloud or data-center').default('cloud'),
  '--state': z.string().optional(),
  '--faults': z
    .string()
    .default('[]')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as Fault[];
      } catch {
        context.addIssue({ code: 'custom', message: 'must be a JSON list of faults' });
        return z.NEVER;
      }
    }),
});

/**
 * What the simulator's command line says; SIMULATOR_PORT stands for `--port`.
 *
 * @throws ConfigError naming every bad option; TypeError for one that there is not.
 */
export function readOptions(args: readonly string[], environment: Environment = {}) {
  const names = Object.keys(options.shape).map((name) => [name.slice(2), { type: 'string' }] as const);
  const { values } = parseArgs({ args: [...args], options: Object.fromEntries(names) });
  const fromEnvironment = { '--port': environment['SIMULATOR_PORT'] };
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, String(value)]));
  return parseConfig('The Jira simulator', options, { ...fromEnvironment, ...given });
}
