import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ConstDirectiveNode, parse, print, visit } from 'graphql';
import { findFreePort, type Measured, toMeasured } from './processes.ts';

const binary = fileURLToPath(new URL('../peers/node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase', import.meta.url));

/** Whether the Rust peer runs here: its package is for Linux on x86-64 only. */
export const hasGrafbase = (): boolean => process.platform === 'linux' && process.arch === 'x64' && existsSync(binary);

const ownDirectives = new Set(['feed', 'scope', 'departures', 'entrance', 'composeDirective']);

/**
 * A subgraph's SDL as Grafbase composes it. It wants fields and arguments of an @inaccessible type to be @inaccessible, too: what clients do not
 * see is left out.
 */
export function toGrafbase(sdl: string): string {
  const isHidden = ({ directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean =>
    directives.some(({ name }) => name.value === 'inaccessible');
  const hide = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }) => (isHidden(node) ? null : undefined);
  // Its parser takes no description of an argument that stands in one line with others.
  const plain = visit(parse(sdl, { noLocation: true }), { StringValue: (_node, key) => (key === 'description' ? null : undefined) });
  const document = visit(plain, {
    DirectiveDefinition: () => null,
    Directive: ({ name, arguments: given = [] }) => {
      const isTally = given.some(({ value }) => value.kind === 'StringValue' && value.value.includes('/specs/tally/'));
      return ownDirectives.has(name.value) || isTally ? null : undefined;
    },
    FieldDefinition: hide,
    EnumTypeDefinition: hide,
    InputObjectTypeDefinition: hide,
    ObjectTypeDefinition: (node) => (isHidden(node) || node.fields?.every(isHidden) === true ? null : undefined),
  });
  return print(document);
}

/** Starts `grafbase dev` and waits until it serves. */
export async function startGrafbase(
  services: ReadonlyArray<{ readonly name: string; readonly url: string; readonly sdl: string }>,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-grafbase-'));
  const sections = services.map(({ name, url, sdl }) => {
    writeFileSync(join(folder, `${name}.graphql`), toGrafbase(sdl));
    return `[subgraphs.${name}]\nschema_path = "${name}.graphql"\nurl = "${url}"\n`;
  });
  writeFileSync(join(folder, 'grafbase.toml'), `[graph]\nintrospection = true\n${sections.join('')}`);
  const port = await findFreePort();
  const child: ChildProcess = spawn(binary, ['dev', '-c', 'grafbase.toml', '-p', `${port}`], {
    cwd: folder,
    env: { HOME: folder, PATH: process.env['PATH'] },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    }).catch(() => undefined);
    if (answer?.ok === true) return toMeasured('grafbase', url, child);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error('Grafbase did not start');
}
