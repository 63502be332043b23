import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImageContent, type ImageService, mains, readImageContent } from '../../scripts/image.ts';
import { listLicences } from '../../scripts/licences.ts';

const root = join(import.meta.dirname, '../..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const services = Object.keys(mains) as ImageService[];
const contents = {} as Record<ImageService, ImageContent>;
// One after the other: what was found in a file for one is not looked for again.
for (const service of services) contents[service] = await readImageContent(service);
const licences = await listLicences(services);

/** Licences that ask for a notice at most. */
const permissive = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MIT-0',
  'BlueOak-1.0.0',
  '(MIT AND Zlib)',
  '(MIT AND BSD-3-Clause)',
  'Unlicense',
  'CC0-1.0',
];

describe('the images', () => {
  it('have the Node that package.json pins and these tests run on', () => {
    const image = /^ARG NODE_IMAGE=\S+:([\d.]+)-/m.exec(dockerfile)?.[1];
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect({ image, package: devDependencies.node }).toEqual({ image: process.versions.node, package: process.versions.node });
  });

  it('are one for each main', () => {
    const stages = [...dockerfile.matchAll(/^FROM \w+ AS (\w+)$/gm)].map(([, name]) => name).filter((name) => name !== 'service');
    expect(stages.sort()).toEqual([...services].sort());
  });

  it('can be built without an image of the release before', () => {
    expect(dockerfile).toMatch(/^ARG PREVIOUS=\$\{NODE_IMAGE\}$/m);
    // The base has no such folder, and COPY wants one.
    expect(dockerfile).toMatch(/^FROM \$\{PREVIOUS\} AS previous\nRUN mkdir -p \/app\/web\/dist$/m);
  });

  it('have what npm ci runs before they run it', () => {
    const before = dockerfile.slice(0, dockerfile.indexOf('npm ci'));
    const { prepare } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
    const [, script] = /(scripts\/[\w-]+\.ts)/.exec(prepare) ?? [];
    for (const file of [script, 'prisma/schema.prisma', 'prisma.config.ts']) expect(before).toContain(file);
  });

  it('do not run as a superuser', () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  });

  it.each(services)('hold nothing of the other services in that of %s', (service) => {
    const folder = mains[service].replace(/(src\/)?[\w-]+\.ts$/, '');
    const foreign = contents[service].files.filter(
      (file) => !file.startsWith(folder) && !/^(package\.json$|(kit|prisma|web\/dist|explorer\/dist)\b)/.test(file),
    );
    expect(foreign).toEqual([]);
  });

  it('hold the packages that their service imports, and what those depend on', () => {
    const has = (service: ImageService, name: string) => contents[service].packages.includes(`node_modules/${name}`);
    expect(has('jira', 'dataloader')).toBe(true);
    expect(has('jira', '@prisma/client')).toBe(false);
    expect(has('voting', '@prisma/client')).toBe(true);
    expect(has('voting', 'pg-protocol')).toBe(true);
    expect(has('voting', '@apollo/gateway')).toBe(false);
    expect(has('router', '@apollo/gateway')).toBe(true);
    expect(has('simulator', '@apollo/server')).toBe(false);
  });

  it('hold nothing that only builds or tests', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const forTools = new Set(Object.keys(devDependencies).map((name) => `node_modules/${name}`));
    const found = services.flatMap((service) => contents[service].packages.filter((path) => forTools.has(path)));
    // What our tools share with the gateway and with Prisma's adapter.
    expect([...new Set(found)].sort()).toEqual(['node_modules/@apollo/composition', 'node_modules/@prisma/driver-adapter-utils']);
  });

  it('hold the files that are read at run time', () => {
    expect(contents.router.files).toContain('router/supergraph.graphql');
    expect(contents.jira.files).toContain('subgraphs/jira/schema.graphql');
    expect(contents.voting.files).toContain('subgraphs/voting/schema.graphql');
    expect(contents.migrate.files).toContain('prisma/migrations/20261122000000_init/migration.sql');
    expect(contents.voting.files).toContain('subgraphs/voting/src/store/redis/lua/vote.lua');
  });
});

describe('the packages in the images', () => {
  it('are all that package.json names for production, but for yaml, which composes the supergraph before there is an image', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const known = new Set(licences.map(({ name }) => name));
    expect(Object.keys(dependencies).filter((name) => !known.has(name))).toEqual(['yaml']);
  });

  it('ask for a notice at most, but for the gateway, whose Elastic licence forbids to offer it as a service of its own', () => {
    const others = licences.filter(({ licence }) => !permissive.includes(licence));
    expect(others.map(({ name, licence }) => `${name} ${licence}`)).toEqual([
      '@apollo/composition Elastic-2.0',
      '@apollo/federation-internals Elastic-2.0',
      '@apollo/gateway Elastic-2.0',
      '@apollo/query-graphs Elastic-2.0',
      '@apollo/query-planner Elastic-2.0',
    ]);
  });

  it('are told of in README: the Elastic licence', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('Elastic');
  });
});
