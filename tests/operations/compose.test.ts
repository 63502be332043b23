import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mains } from '../../scripts/image.ts';
import { variablesOf } from './variables.ts';

const root = join(import.meta.dirname, '../..');

interface Service {
  readonly command?: readonly string[];
  readonly image: string;
  readonly build?: { readonly args: { readonly SERVICE: string } };
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: unknown;
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly profiles?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const read = (): Compose => parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
const compose = read();
const ours = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);

function createValidator() {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, './schemas/compose-spec.schema.json'), 'utf8'));
  delete schema.$schema;
  const ajv = new Ajv({ strict: false });
  for (const format of ['duration', 'ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  return ajv.compile(schema);
}

describe('docker-compose.yml', () => {
  const isValid = createValidator();
  const withoutAnchors = (given: Compose) => JSON.parse(JSON.stringify(given));

  it('is valid by the Compose Specification', () => {
    isValid(withoutAnchors(compose));
    expect(isValid.errors).toBeNull();
  });

  it.each([
    ['a misspelt key', (given: Compose) => Object.assign(given.services['router'] ?? {}, { portz: [] })],
    [
      'a condition that does not exist',
      (given: Compose) => Object.assign(given.services['router']?.depends_on?.['jira'] ?? {}, { condition: 'service_helthy' }),
    ],
  ])('would not be valid with %s', (_fault, plant) => {
    const faulty = withoutAnchors(read());
    plant(faulty);
    expect(isValid(faulty)).toBe(false);
  });

  it('builds the image of every main', () => {
    expect(ours.map(([, service]) => service.build?.args.SERVICE).sort()).toEqual(Object.keys(mains).sort());
  });

  it('pins every image of others to a version', () => {
    const images = Object.values(compose.services).filter((service) => service.build === undefined);
    expect(images.map((service) => service.image).filter((image) => !/:v?\d+\.\d+/.test(image))).toEqual([]);
  });

  it.each(ours)('gives %s a read-only program and no capabilities', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  it('waits for what a service needs until it is healthy, and for migrations until they are done', () => {
    const conditions = ours.flatMap(([name, service]) =>
      Object.entries(service.depends_on ?? {}).map(([on, { condition }]) => `${name} → ${on}: ${condition}`),
    );
    expect(conditions).toEqual([
      'router → jira: service_healthy',
      'router → voting: service_healthy',
      'jira → cache: service_healthy',
      'jira → simulator: service_healthy',
      'voting → jira: service_healthy',
      'voting → redis: service_healthy',
      'voting → migrate: service_completed_successfully',
      'migrate → postgres: service_healthy',
    ]);
  });

  it('gives each service the secrets that its variables name, and no others', () => {
    for (const [name, { environment = {}, secrets = [] }] of Object.entries(compose.services)) {
      if (name === 'redis' || name === 'cache') continue;
      const named = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? []);
      expect([...secrets].sort(), name).toEqual(named.sort());
    }
  });

  it('keeps secrets out of the file', () => {
    const variables = Object.values(compose.services).flatMap((service) => Object.keys(service.environment ?? {}));
    expect(variables.filter((name) => /SECRET$|TOKEN$|PASSWORD$|REDIS_URL$|DATABASE_URL$/.test(name))).toEqual([]);
  });

  it('runs no Redis as root: the image drops its rights only when its entry point sees `redis-server`', () => {
    const commands = Object.values(compose.services).flatMap(({ image = '', command = [] }) =>
      image.startsWith('redis:') ? [command.join(' ')] : [],
    );
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(command).toMatch(/^sh -c exec docker-entrypoint\.sh redis-server /);
  });

  it.each(Object.entries(compose.services))('bounds the memory and the logs of %s', (_name, service) => {
    expect(service).toMatchObject({
      mem_limit: expect.any(String),
      logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
    });
  });

  it.each(ours)('looks for the image of %s in no registry', (_name, service) => {
    expect(service).toMatchObject({ pull_policy: 'build' });
  });

  it('lets only the router be reached, from this machine unless TALLY_ADDRESS says otherwise, and jira by the port of webhooks', () => {
    const open = Object.entries(compose.services).filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.0.0.1:')));
    expect(open.map(([name, { ports }]) => `${name} ${ports?.join()}`)).toEqual([
      expect.stringMatching(/^router \$\{TALLY_ADDRESS:-127\.0\.0\.1\}:\$\{ROUTER_PORT:-4000\}:4000$/),
      expect.stringMatching(/^jira .*:4003$/),
    ]);
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const name of ['postgres', 'redis', 'cache', 'simulator']) expect(compose.services[name]?.networks, name).toEqual(['inside']);
  });

  it('lets those out whom a variable of `.env` may lead out: to Jira, to the identity provider, to a Postgres elsewhere', () => {
    const leadOut = ['JIRA_URL', 'OIDC_CLAIM', 'DATABASE_URL'];
    const readers = Object.entries(variablesOf).filter(([, variables]) => leadOut.some((name) => variables.includes(name)));
    expect(readers.map(([name]) => name)).toEqual(['jira', 'voting', 'migrate']);
    for (const [name] of readers) expect(compose.services[name]?.networks, name).toEqual(['edge', 'inside']);
  });

  it('keeps the ports inside, whatever `.env` says of those outside', () => {
    const inside = ours.map(([name, { environment = {}, env_file: files }]) => ({ name, environment, files }));
    for (const { name, environment, files } of inside.filter((service) => !['migrate', 'simulator'].includes(service.name))) {
      expect(files, name).toEqual([{ path: '.env', required: false }]);
      expect(environment, name).toMatchObject({
        HOST: '0.0.0.0',
        MANAGEMENT_PORT: 9464,
        [`${name.toUpperCase()}_PORT`]: expect.any(Number),
      });
    }
  });

  it('mounts only files that exist', () => {
    const sources = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(sources.filter((source) => source.startsWith('./') && !existsSync(join(root, source)))).toEqual([]);
  });

  it('has backups, observability and the simulator behind profiles', () => {
    const profiles = Object.entries(compose.services).filter(([, service]) => service.profiles !== undefined);
    expect(Object.fromEntries(profiles.map(([name, service]) => [name, service.profiles?.join()]))).toEqual({
      simulator: 'simulator',
      backup: 'backup',
      prometheus: 'observability',
      alertmanager: 'observability',
      grafana: 'observability',
      'otel-collector': 'observability',
      jaeger: 'observability',
    });
  });
});

describe('ops/secrets.sh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-secrets-'));
  const make = () => execFileSync('sh', [join(root, 'ops/secrets.sh'), folder]);

  it('makes every secret of docker-compose.yml, and leaves what is there as it is', () => {
    try {
      make();
      expect(readdirSync(folder).sort()).toEqual(Object.keys(compose.secrets).sort());
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      // Whoever has the cache's must not read votes with it.
      const passwords = ['redis_url', 'cache_redis_url'].map((name) => new URL(readFileSync(join(folder, name), 'utf8')).password);
      expect(passwords).toEqual(['redis_password', 'cache_password'].map((name) => readFileSync(join(folder, name), 'utf8')));
      expect(passwords[0]).not.toBe(passwords[1]);
      const before = readFileSync(join(folder, 'database_url'), 'utf8');
      expect(before).toMatch(/^postgres:\/\/tally:[0-9a-f]{48}@postgres:5432\/tally$/);
      make();
      expect(readFileSync(join(folder, 'database_url'), 'utf8')).toBe(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
