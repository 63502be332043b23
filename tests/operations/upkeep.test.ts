import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

describe('renovate.json', () => {
  it('names packages that are there', () => {
    const { dependencies, devDependencies } = read('package.json');
    const known = Object.keys({ ...dependencies, ...devDependencies });
    const rules: readonly { matchPackageNames: readonly string[]; matchDatasources?: readonly string[] }[] =
      read('renovate.json').packageRules;
    const named = rules
      .filter(({ matchDatasources }) => matchDatasources === undefined)
      .flatMap(({ matchPackageNames }) => matchPackageNames);
    const matches = (pattern: string) =>
      known.some((name) => (pattern.endsWith('/**') ? name.startsWith(pattern.slice(0, -2)) : name === pattern));
    expect(named.filter((pattern) => !matches(pattern))).toEqual([]);
  });

  it('pins images by digest, and finds every one that is written in the Dockerfile, for compose and for Kubernetes', () => {
    const { extends: presets, customManagers, kubernetes } = read('renovate.json');
    expect(presets).toContain('docker:pinDigests');
    const [manager] = customManagers as readonly { matchStrings: readonly string[]; managerFilePatterns: readonly string[] }[];
    const found = new RegExp(manager?.matchStrings[0] ?? '').exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.groups;
    expect(found).toMatchObject({ depName: 'docker.io/library/node', currentValue: expect.stringMatching(/^24\./) });
    // As Renovate reads a pattern between slashes.
    const [pattern = ''] = kubernetes.managerFilePatterns as readonly string[];
    const isManaged = new RegExp(pattern.slice(1, -1));
    const manifests = readdirSync(join(root, 'k8s'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    const withImages = manifests.filter((path) => /^\s+image:/m.test(readFileSync(join(root, 'k8s', path), 'utf8')));
    expect(withImages.length).toBeGreaterThan(4);
    expect(withImages.filter((path) => !isManaged.test(`k8s/${path}`))).toEqual([]);
  });
});

it('every package of the lock file has the registry’s hash', () => {
  const packages: Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean; readonly inBundle?: boolean }>> =
    read('package-lock.json').packages;
  const installed = Object.entries(packages).filter(([path, { link, inBundle }]) => path !== '' && link !== true && inBundle !== true);
  expect(installed.length).toBeGreaterThan(500);
  expect(installed.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
});
