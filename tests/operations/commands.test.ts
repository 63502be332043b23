import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { start as startVoting } from '../../subgraphs/voting/src/main.ts';
import { createDatabase } from '../setup/postgres.ts';
import { pages } from './pages.ts';
import { hasOpenssl } from './programs.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const programs = /^(?:npm|npx|node|docker|kubectl|helm|curl|openssl|git|pg_\w+|redis-cli|ops\/[\w-]+\.sh|\.ci\/run)(?: |$)/;

interface Command {
  readonly page: string;
  readonly command: string;
  /** The section of the page that has it. */
  readonly section: string;
}

/** Every line of a shell block, and every command between backquotes; several joined by `&&` or `|` are several. */
function findCommands(page: string): readonly Command[] {
  return read(page)
    .split(/^(?=#{1,4} )/m)
    .flatMap((section) => {
      const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
      const spans = [...section.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
      return [...blocks, ...spans]
        .map((line) => line.replace(/\s+#.*$/, '').trim())
        .flatMap((line) => line.split(/ && | \| /))
        .filter((line) => programs.test(line))
        .map((line) => line.replace(/^(npm run bench --) \w+(?: \w+)?$/, '$1 NAME').replace(/(?<=--minutes )\d+$/, 'N'))
        .map((command) => ({ page, command, section }));
    });
}

/** How a command of the pages is known to work. */
type Proof =
  /** A test of this file runs it as it stands. */
  | 'below'
  /** The section says that it needs this; what can be checked without is in docs/deployment.md, "What has been run". */
  | 'needs a cluster'
  | 'need Docker'
  /** The section says that it is run by hand. */
  | 'by hand'
  /** No command, but the name of a program. */
  | 'a name'
  /** This file runs it, or what it does. */
  | readonly [file: string, text: string];

const ci = (text: string) => ['.ci/run', text] as const;
const script = (name: string, runs: string) => ['package.json', `"${name}": "${runs}`] as const;
const proofs: Readonly<Record<string, Proof>> = {
  'npm ci': ci('npm ci\n'),
  'npm test': ci('npm test'),
  'npm start': ci('npm start'),
  'npm run tour': ci('npm run tour'),
  'npm run lint': ci('npm run lint'),
  'npm run test:fast': ['vitest.config.ts', "name: 'unit'"],
  'npm run types': ci('npm run types'),
  'npm run build': ci('npm run build'),
  'npm run generate': script('generated:check', 'npm run generate && '),
  'npm run compose': script('generate', 'npm run compose && '),
  // The same program with the same rules.
  'npm run format': ci('npm run lint'),
  '.ci/run': ci('set -euo pipefail'),
  'npm run e2e': ['vitest.config.ts', 'tests/e2e/**/*.test.ts'],
  'npm run pictures': ['tests/e2e/pictures.test.ts', 'README’s pictures'],
  'npm run start:jira': ['tests/operations/started-alone.test.ts', "'scripts/start-alone.ts'"],
  'npm run start:voting': ['tests/operations/started-alone.test.ts', "'scripts/start-alone.ts'"],
  'npm run start:router': ['tests/operations/started-alone.test.ts', "'scripts/start-alone.ts'"],
  'npm run fuzz -- both-ways': ['router/src/execution/generated.test.ts', 'compareGraph('],
  'npm run check:schema': ci('npm run check:schema'),
  'npm run check:subgraph -- notes=examples/notes/schema.graphql': 'below',
  'npm run plan -- tour/operations/read-session.graphql': 'below',
  'npm run check:schema -- --release': 'by hand',
  'npm run dev -- --with examples/notes': ['tests/federation/third-subgraph.test.ts', "'--with', 'examples/notes'"],
  'npm run dev -- --with ../risks': ['tests/federation/third-subgraph.test.ts', "'--with', risks"],
  'npm run check:subgraph -- risks=../risks/schema.graphql': ['tests/federation/third-subgraph.test.ts', 'risks=${risks}/schema.graphql'],
  "npm run plan -- FILE.graphql '{}' .data/supergraph.graphql": 'below',
  'npm run dev': 'a name',
  'npm init -y': 'a name',
  'npm install graphql@16 @apollo/subgraph graphql-http': 'a name',
  "curl -s http://localhost:4000/graphql -H 'content-type: application/json' \\": ['tests/federation/third-subgraph.test.ts', '-d'],
  'npm run docs:configuration': ['tests/operations/docs.test.ts', 'renderConfiguration()'],
  'npm run docs:metrics': ['tests/operations/monitoring.test.ts', 'renderMetrics()'],
  'npm run doctor': ['tests/operations/doctor.test.ts', "'npm', ['run', '-s', 'doctor'"],
  'npm run doctor -- jira': ['tests/operations/doctor.test.ts', "services: ['jira']"],
  'npm run -s doctor -- --json voting': ['tests/operations/doctor.test.ts', "run(['--json', 'voting']"],
  'npm run restore-drill': ['tests/operations/restore-drill.test.ts', "'run', '-s', 'restore-drill'"],
  'npm run restore-drill -- --into URL': ['scripts/restore-drill.ts', 'values.into'],
  pg_dump: 'a name',
  pg_restore: 'a name',
  pg_upgrade: 'a name',
  'docker compose exec -T postgres pg_dump --format=custom --username=tally tally > tally.dump': 'need Docker',
  'npm run faults -- dependencies': ['tests/faults/dependencies.test.ts', 'runDependencyFaults('],
  'npm run release:statements': ['tests/operations/migrations.test.ts', 'released-statements.json'],
  'npm run plans -- 20000': ['tests/operations/growth.test.ts', 'findWholeScans('],
  'npm run faults -- rolling': ['tests/faults/rolling.test.ts', 'runRollingRestart('],
  'npm run faults -- rolling --schema-change': ['tests/faults/schema-change.test.ts', 'runSchemaChange('],
  'npm run build -- --previous DIRECTORY': ['tests/faults/schema-change.ts', "'--previous'"],
  'npm run build -- --previous': 'a name',
  'npm run faults -- streams': ['tests/faults/streams.test.ts', 'runStreamFaults('],
  'npm run faults -- writeback': ['tests/faults/write-back.test.ts', 'runWriteBackFaults('],
  'npx vitest run subgraphs/voting/src/domain/rounds.test.ts': ['subgraphs/voting/src/domain/rounds.test.ts', 'describe('],
  'node subgraphs/jira/src/main.ts': ['tests/faults/replicas.ts', 'src/main.ts'],
  'ops/backup.sh --once': ['tests/operations/backup.test.ts', '--once'],
  'ops/secrets.sh': ['tests/operations/compose.test.ts', 'ops/secrets.sh'],
  'pg_dump --format=custom "$DATABASE_URL" > tally.dump': ['tests/operations/backup.test.ts', "'pg_dump'), ['--format=custom'"],
  'pg_restore --no-owner --dbname="$DATABASE_URL" tally.dump': ['tests/operations/backup.test.ts', "'pg_restore'), ['--no-owner'"],
  'redis-cli --rdb tally.rdb': ['tests/operations/backup.test.ts', "'--rdb'"],
  'kubectl kustomize k8s/overlays/production': ['tests/operations/manifests.ts', "'kubectl', ['kustomize'"],
  'npm run migrate': 'below',
  'npm run certs': 'below',
  'npm run -s signing-keys': 'below',
  'npm run -s signing-keys keys.json > new.json': 'below',
  'npm run -s signing-keys new.json sign > signing.json': 'below',
  'npm run import:seed': 'below',
  'npm run storage:copy': ['subgraphs/voting/src/store/copy.test.ts', 'copySessions('],
  'npm run import:seed -- --file export.json --to .data': 'below',
  'npm run -s sbom > sbom.json': 'below',
  'npm run -s licences': 'below',
  'node scripts/image.ts SERVICE DIRECTORY': ['Dockerfile', 'scripts/image.ts "$SERVICE"'],
  'npm run verify:images': 'by hand',
  'npm audit': 'by hand',
  'npm audit --audit-level=high': 'by hand',
  'npm ci --prefix bench/peers': 'by hand',
  'npm run bench -- NAME': 'by hand',
  'npm run bench': 'a name',
  'npm run generated:check': ci('npm run generated:check'),
  'npm run mutants': 'by hand',
  'npm run fuzz -- --minutes N': ['tests/fuzz/hostile.test.ts', 'seed'],
  pg_notify: 'a name',
  'kubectl -n tally logs --previous': 'needs a cluster',
  'kubectl -n tally describe pod': 'needs a cluster',
  'kubectl -n tally describe certificate': 'needs a cluster',
  'docker build --build-arg SERVICE=router -t tally/router:0.1.0 .': 'need Docker',
  'docker compose --profile simulator up -d': 'need Docker',
  'docker compose --profile observability up -d': 'need Docker',
  'docker compose build': 'need Docker',
  'docker compose --profile backup up -d': 'need Docker',
  'docker compose logs backup': 'need Docker',
  'docker compose up -d': 'need Docker',
  'docker compose up -d --force-recreate jira': 'need Docker',
  'docker compose ps': 'need Docker',
  'kubectl apply -k k8s/overlays/dev': 'needs a cluster',
  'kubectl -n tally-dev port-forward service/router 4000': 'needs a cluster',
  'docker build': 'a name',
  'kubectl -n tally delete job migrate --ignore-not-found': 'needs a cluster',
  'kubectl apply -l app.kubernetes.io/component=groundwork -f -': 'needs a cluster',
  'kubectl -n tally wait --for=condition=complete --timeout=10m job/migrate': 'needs a cluster',
  'kubectl apply -k k8s/overlays/production': 'needs a cluster',
  'kubectl apply -l app.kubernetes.io/component=subgraph -f -': 'needs a cluster',
  'kubectl -n tally rollout status deployment/jira': 'needs a cluster',
  'kubectl -n tally rollout status deployment/voting': 'needs a cluster',
  'kubectl -n tally rollout undo deployment/router': 'needs a cluster',
  'kubectl rollout undo': 'a name',
  'kubectl apply -k': 'a name',
  'kubectl -n tally rollout status deployment/router': 'needs a cluster',
  'kubectl describe pod': 'needs a cluster',
  'kubectl get pods,events': 'needs a cluster',
  node: 'a name',
  'node file.ts': 'a name',
  'npx node file.ts': 'a name',
  'npm run …': 'a name',
  'docker compose': 'a name',
  'kubectl kustomize': 'a name',
};

const found = pages.flatMap(findCommands);

/** What a page says before its first section. */
const introduction = (page: string): string => read(page).split(/^## /m, 1)[0] ?? '';

describe('the commands of the pages', () => {
  it('are found where they are, and all of them are known here', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found.filter(({ command }) => proofs[command] === undefined).map(({ page, command }) => `${page}: ${command}`)).toEqual([]);
    const named = new Set(found.map(({ command }) => command));
    expect(Object.keys(proofs).filter((command) => !named.has(command))).toEqual([]);
  });

  it('are each run by what is said to run them', () => {
    for (const [command, proof] of Object.entries(proofs)) {
      if (typeof proof === 'string') continue;
      const [file, text] = proof;
      expect(read(file), command).toContain(text);
    }
  });

  it('say so where they need Docker or a cluster, or are run by hand', () => {
    const silent = found.filter(({ command, page, section }) => {
      const proof = proofs[command];
      const marks = {
        'needs a cluster': /needs? (a|no) cluster/,
        'need Docker': /needs? Docker/,
        'by hand': /by hand|has not been run|superuser|buildah/,
      };
      return (
        typeof proof === 'string' &&
        proof in marks &&
        !marks[proof as keyof typeof marks].test(section + introduction(page)) &&
        !page.startsWith('docs/decisions/')
      );
    });
    expect(silent.map(({ page, command }) => `${page}: ${command}`)).toEqual([]);
  });
});

describe('run as they stand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-commands-'));
  const adminUrl = inject('TEST_DATABASE_URL');
  const at = (name: string) => join(folder, name);
  const run = (command: string, environment: Readonly<Record<string, string>> = {}) =>
    execFileSync('sh', ['-c', command], { cwd: root, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...environment } });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('`npm run -s signing-keys` makes a key, adds another one behind it, and makes the newest sign', () => {
    run(`npm run -s signing-keys > ${at('keys.json')}`);
    run(`npm run -s signing-keys ${at('keys.json')} > ${at('new.json')}`);
    run(`npm run -s signing-keys ${at('new.json')} sign > ${at('signing.json')}`);
    const files = ['keys.json', 'new.json', 'signing.json'].map((name) => JSON.parse(readFileSync(at(name), 'utf8')).keys);
    const [[old], [, newest]] = files;
    expect(files).toEqual([[old], [old, newest], [newest, old]]);
    expect(newest).not.toEqual(old);
  });

  it('`npm run check:subgraph` composes a candidate, and `npm run plan` says which subgraph is asked what', () => {
    const [candidate, operation] = ['notes=examples/notes/schema.graphql', 'tour/operations/read-session.graphql'];
    expect(run(`npm run -s check:subgraph -- ${candidate}`)).toContain('notes composes with the others');
    const plan = run(`npm run -s plan -- ${operation}`);
    expect([plan.includes('service: "voting"'), plan.includes('service: "jira"')]).toEqual([true, true]);
  });

  it.skipIf(!hasOpenssl)('`npm run certs` makes an authority and a certificate for each service', () => {
    run(`npm run certs ${at('certs')}`);
    for (const name of ['ca', 'router', 'jira', 'voting', 'client']) expect(existsSync(at(`certs/${name}.crt`)), name).toBe(true);
  });

  it('`npm run -s sbom` and `npm run -s licences` list what an image holds', () => {
    run(`npm run -s sbom -- migrate > ${at('sbom.json')}`);
    const { components } = JSON.parse(readFileSync(at('sbom.json'), 'utf8')) as { components: readonly { name: string }[] };
    expect(components.map(({ name }) => name)).toContain('pg');
    expect(run('npm run -s licences -- migrate')).toMatch(/^pg@\S+\tMIT\tmigrate$/m);
  }, 120_000);

  it.skipIf(adminUrl === undefined)(
    '`npm run migrate`, then `npm run import:seed`: the first who joins by the printed code leads a session with the old queue and votes',
    async () => {
      const database = await createDatabase(adminUrl ?? '');
      const exported = {
        sessions: [
          {
            chat_id: 7,
            topic_id: null,
            participants: { '1': { user_id: 1, name: 'Ada', role: 'participant' } },
            tasks_queue: [{ task_id: 'a', jira_key: 'SHOP-1', summary: 'Pay by invoice', votes: { '1': '5' } }],
            history: [],
            last_batch: [],
          },
        ],
      };
      writeFileSync(at('export.json'), JSON.stringify(exported));
      const environment = { DATABASE_URL: database.url };
      try {
        expect(run('npm run -s migrate', environment)).toContain('Applied');
        expect(run('npm run -s migrate', environment)).toBe('Nothing to migrate.\n');
        const importing = `npm run -s import:seed -- --file ${at('export.json')} --to ${database.url}`;
        const [, inviteCode] = /invite code (\S+):/.exec(run(importing)) ?? [];
        expect(run(importing)).toContain('there already');
        const voting = await startVoting({
          LOG_LEVEL: 'silent',
          AUTH: 'open',
          VOTING_PORT: '0',
          JIRA_SERVICE_URL: 'http://127.0.0.1:9',
          DATABASE_URL: database.url,
          DATA_DIRECTORY: folder,
        });
        try {
          const query = `mutation { joinSession(inviteCode: "${inviteCode}", name: "Robin") {
            participant { isFacilitator } session { items { issue { key } } participants { name } } } }`;
          const headers = { 'content-type': 'application/json' };
          const answer = await fetch(voting.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
          expect(await answer.json()).toMatchObject({
            data: {
              joinSession: {
                participant: { isFacilitator: true },
                session: {
                  items: [{ issue: { key: 'SHOP-1' } }],
                  participants: expect.arrayContaining([{ name: 'Ada' }, { name: 'Robin' }]),
                },
              },
            },
          });
        } finally {
          await voting.stop();
        }
      } finally {
        await database.drop();
      }
    },
  );
});
