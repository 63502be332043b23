// `npm run verify:images`: builds every image, looks at it, and plays the tour against running containers. Needs a superuser,
// buildah and podman; docs/deployment.md says what it proves and what not. `--skip-build` takes the images of the last run.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { services } from '../kit/process/services.ts';
import { startPrivatePostgres } from '../tests/setup/postgres.ts';
import { findFreePort, run } from '../tests/setup/private-server.ts';
import { startPrivateRedis } from '../tests/setup/redis.ts';
import { type ImageService, mains } from './image.ts';

const root = resolve(import.meta.dirname, '..');
const images = Object.keys(mains) as ImageService[];
const maxAddedBytes = 120 * 1024 * 1024;
const tagOf = (service: ImageService) => `localhost/tally/${service}:verify`;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs a program and shows what it says. @throws Error with the exit code. */
function show(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`${command} ${args[0]} ended with ${code}`))));
  });
}

async function has(command: string, ...args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

async function readBaseImage(): Promise<string> {
  const found = /^ARG NODE_IMAGE=(\S+)/m.exec(await readFile(join(root, 'Dockerfile'), 'utf8'))?.[1];
  if (found === undefined) throw new Error('The Dockerfile names no NODE_IMAGE.');
  return found;
}

async function build(base: string): Promise<void> {
  const isThere = await has('buildah', 'inspect', '--type', 'image', base);
  if (!isThere && !(await has('buildah', 'pull', '-q', base))) {
    say(`${base} cannot be fetched: making a stand-in of it from Debian's packages and this Node.`);
    await show('sh', [join(root, 'ops/stand-in-base.sh'), base, process.execPath]);
  }
  for (const service of images) {
    say(`\n=== building ${service}`);
    const options = ['--isolation', 'chroot', '--network', 'host', '--pull-never', '--layers', '--format', 'docker'];
    await show('buildah', ['bud', '-q', ...options, '--build-arg', `SERVICE=${service}`, '-t', tagOf(service), '-f', 'Dockerfile', '.']);
  }
}

interface ImageFacts {
  readonly VirtualSize: number;
  readonly User: string;
}

async function inspect(image: string): Promise<ImageFacts> {
  const { stdout } = await run('podman', ['image', 'inspect', image]);
  return (JSON.parse(stdout) as ImageFacts[])[0] as ImageFacts;
}

async function checkImages(base: string): Promise<void> {
  const { VirtualSize: baseBytes } = await inspect(base);
  for (const service of images) {
    const { VirtualSize, User } = await inspect(tagOf(service));
    const added = VirtualSize - baseBytes;
    say(`${service}: ${Math.round(added / 1024 / 1024)} MB on top of the base, user ${User}`);
    if (added > maxAddedBytes) throw new Error(`The image of ${service} adds more than ${maxAddedBytes} bytes.`);
    if (User !== '1000:1000') throw new Error(`The image of ${service} runs as ${User}.`);
  }
}

/** Starts a container the way docker-compose.yml does: nothing writable but /tmp and /data, no capabilities, on the host's network. */
async function startContainer(service: ImageService, environment: Readonly<Record<string, string>>, detached = true): Promise<void> {
  const limits = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'all', '--security-opt', 'no-new-privileges', '--network', 'host'];
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // One by one, as compose does: the folder is for its owner alone.
  const secrets = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
  const binds = secrets.map((path) => `${path.replace('/run/secrets', environment['SECRETS'] ?? '')}:${path}:ro`);
  const volumes = [...binds, `tally-verify-${service}:/data`].flatMap((volume) => ['--volume', volume]);
  const mode = detached ? ['--detach'] : ['--rm'];
  await run('podman', ['run', ...mode, '--name', `tally-verify-${service}`, ...limits, ...volumes, ...variables, tagOf(service)]);
}

async function waitUntilHealthy(service: ImageService): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await has('podman', 'healthcheck', 'run', `tally-verify-${service}`))) {
    if (Date.now() > deadline) throw new Error(`${service} does not become healthy:\n${await logsOf(service)}`);
    await sleep(500);
  }
  say(`${service} is healthy, says its own HEALTHCHECK`);
}

async function logsOf(service: ImageService): Promise<string> {
  const { stdout, stderr } = await run('podman', ['logs', '--tail', '40', `tally-verify-${service}`]);
  return `${stdout}${stderr}`;
}

async function stopContainer(service: ImageService): Promise<void> {
  const startedAt = Date.now();
  await run('podman', ['stop', '--time', '20', `tally-verify-${service}`]);
  const { stdout } = await run('podman', ['inspect', '--format', '{{.State.ExitCode}}', `tally-verify-${service}`]);
  const seconds = (Date.now() - startedAt) / 1_000;
  say(`${service} ended ${seconds.toFixed(1)} s after SIGTERM with exit code ${stdout.trim()}`);
  if (stdout.trim() !== '0' || seconds > 15) throw new Error(`${service} did not stop by itself.`);
}

async function playTour(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tally-images-'));
  const secrets = join(folder, 'secrets');
  const postgres = await startPrivatePostgres();
  const redis = await startPrivateRedis();
  const running: ImageService[] = [];
  const port = Object.fromEntries(
    await Promise.all((Object.keys(services) as (keyof typeof services)[]).map(async (name) => [name, await findFreePort()])),
  );
  const begin = async (service: ImageService, environment: Readonly<Record<string, string>>) => {
    running.push(service);
    await startContainer(service, { SECRETS: secrets, LOG_LEVEL: 'info', MANAGEMENT_PORT: String(await findFreePort()), ...environment });
    await waitUntilHealthy(service);
  };
  try {
    await run('sh', [join(root, 'ops/secrets.sh'), secrets]);
    const storage = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    await startContainer('migrate', { SECRETS: secrets, DATABASE_URL: postgres.url }, false);
    say('migrate ended with exit code 0');
    await begin('simulator', { SIMULATOR_PORT: String(port['simulator']) });
    const at = (name: string) => `http://127.0.0.1:${port[name]}`;
    const secretFile = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_FILE`, `/run/secrets/${name}`]));
    await begin('jira', {
      AUTH: 'open',
      JIRA_PORT: String(port['jira']),
      JIRA_URL: at('simulator'),
      JIRA_USERNAME: 'tally@example.com',
      JIRA_SCOPE_JQL: 'project in (SHOP, APP, OPS)',
      CACHE_REDIS_URL: redis.url,
      ...secretFile('jira_api_token', 'router_to_jira_secret', 'voting_to_jira_secret'),
    });
    await begin('voting', {
      AUTH: 'open',
      VOTING_PORT: String(port['voting']),
      VOTING_STORAGE: 'postgres',
      JIRA_SERVICE_URL: at('jira'),
      ...storage,
      ...secretFile('router_to_voting_secret', 'voting_to_jira_secret'),
    });
    await begin('router', {
      AUTH: 'open',
      ROUTER_PORT: String(port['router']),
      JIRA_SERVICE_URL: at('jira'),
      VOTING_SERVICE_URL: at('voting'),
      REDIS_URL: redis.url,
      ...secretFile('router_to_jira_secret', 'router_to_voting_secret'),
    });
    const page = await (await fetch(`${at('router')}/`)).text();
    if (!page.includes('/assets/')) throw new Error('The router of the image does not serve the built page.');
    for (const service of running) {
      if (await has('podman', 'exec', `tally-verify-${service}`, 'touch', '/app/main.ts')) throw new Error(`${service} can write to /app.`);
    }
    say('no container can write to its own program');
    await show(process.execPath, ['tour/tour.ts'], {
      ROUTER_URL: `${at('router')}/graphql`,
      SIMULATOR_URL: at('simulator'),
      TOUR_WAIT_SECONDS: '30',
    });
    for (const service of running.splice(0).reverse()) {
      await stopContainer(service);
      await run('podman', ['rm', '--force', `tally-verify-${service}`]);
    }
  } catch (error) {
    for (const service of running) say(`--- ${service} said:\n${await logsOf(service).catch(() => 'nothing')}`);
    throw error;
  } finally {
    for (const service of images) {
      await run('podman', ['rm', '--force', '--ignore', `tally-verify-${service}`]).catch(() => undefined);
      await run('podman', ['volume', 'rm', '--force', `tally-verify-${service}`]).catch(() => undefined);
    }
    await Promise.all([postgres.stop(), redis.stop()]);
    await rm(folder, { recursive: true });
  }
}

/** Starts this script again where podman works without systemd: its own view of the mounts, without cgroup 2 in it. */
async function insideOwnMounts(): Promise<void> {
  const script = `umount /sys/fs/cgroup/unified 2>/dev/null || true; exec "$0" "$@"`;
  const self = [process.execPath, import.meta.filename, ...process.argv.slice(2), '--inside'];
  await show('unshare', ['--mount', 'sh', '-c', script, ...self], { CONTAINERS_CONF: join(root, 'ops/containers.conf') });
}

if (!(await has('buildah', '--version')) || !(await has('podman', '--version'))) {
  say('SKIPPED: there is no buildah or no podman here (Debian: apt-get install buildah podman crun). Nothing was verified.');
} else if (!process.argv.includes('--inside')) {
  const base = await readBaseImage();
  if (!process.argv.includes('--skip-build')) await build(base);
  await insideOwnMounts();
} else {
  await checkImages(await readBaseImage());
  await playTour();
  say('\nAll images are built, small enough, and play the tour.');
}
