import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collect, collectedTests } from './collected.ts';

/** What the changed code reads and writes: which mutant is active, how often its place may be passed, which test passes which place. */
interface Switchboard {
  activeMutant?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

// The name that the changed code looks for; @stryker-mutator/instrumenter writes it.
const switchboard: Switchboard = {};
Object.assign(globalThis, { __stryker__: switchboard });

// What the tests import in place of these packages. The two modules themselves get the packages.
const ours: ReadonlyMap<string, string> = new Map([
  ['vitest', new URL('collected.ts', import.meta.url).href],
  ['fast-check', new URL('properties.ts', import.meta.url).href],
]);
// Beside the copied files. A process that takes over from one that hung knows from it which tests are quick.
const durationsFile = 'test-durations.json';

// A mutant that passes its place ten times as often as all tests together do without it is endless; Stryker would wait for a hundred times.
const patience = 0.1;

// Bounds of work are left out: code that counts its own coverage takes five times as long.
const boundsWork = / of CPU /;

/**
 * Runs the domain's own tests in the process that has loaded them once: the rules are pure, so a mutant is a switch and needs no new process. The quickest
 * tests come first, and the first that fails ends the mutant.
 */
class DomainTestRunner implements TestRunner {
  #durationsMs: ReadonlyMap<string, number> | null = null;

  /** No change is made at loading (`ignoreStatic`): nothing has to be loaded anew. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    registerHooks({
      resolve(specifier, context, next) {
        const url = ours.get(specifier);
        return url === undefined || url === context.parentURL ? next(specifier, context) : { url, shortCircuit: true };
      },
    });
    for (const file of globSync('subgraphs/*/src/domain/**/*.test.ts').sort()) {
      const path = resolve(file);
      await collect(path, () => import(pathToFileURL(path).href));
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const test of collectedTests().values()) if (!boundsWork.test(test.title)) tests.push(await this.#run(test));
    writeFileSync(durationsFile, JSON.stringify(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs])));
    return { status: DryRunStatus.Complete, tests, ...(switchboard.mutantCoverage && { mutantCoverage: switchboard.mutantCoverage }) };
  }

  async mutantRun({
    activeMutant,
    hitLimit: generous = Number.POSITIVE_INFINITY,
    testFilter = [],
  }: MutantRunOptions): Promise<MutantRunResult> {
    const hitLimit = generous * patience;
    Object.assign(switchboard, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    this.#durationsMs ??= new Map(existsSync(durationsFile) ? JSON.parse(readFileSync(durationsFile, 'utf8')) : []);
    const durations = this.#durationsMs;
    const durationMs = (id: string) => durations.get(id) ?? 0;
    const tests: TestResult[] = [];
    for (const id of testFilter.toSorted((one, other) => durationMs(one) - durationMs(other))) {
      const test = collectedTests().get(id);
      if (test === undefined) throw new Error(`A test that covers a mutant is one of those collected, but got: ${id}`);
      const result = await this.#run(test);
      tests.push(result);
      if (result.status === TestStatus.Failed) break;
    }
    const isEndless = determineHitLimitReached(switchboard.hitCount, hitLimit);
    Object.assign(switchboard, { activeMutant: undefined, hitCount: undefined });
    return toMutantRunResult(isEndless ?? { status: DryRunStatus.Complete, tests });
  }

  async #run({ id, file, title, run }: CollectedTest): Promise<TestResult> {
    const startedMs = performance.now();
    switchboard.currentTestId = id;
    let failure: { readonly message: string } | null = null;
    try {
      await run();
    } catch (error) {
      failure = { message: error instanceof Error ? error.message : String(error) };
    }
    switchboard.currentTestId = undefined;
    const timeSpentMs = performance.now() - startedMs;
    const described = { id, name: title, fileName: file, timeSpentMs };
    if (failure !== null) return { ...described, status: TestStatus.Failed, failureMessage: failure.message };
    return { ...described, status: TestStatus.Success };
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'domain', () => new DomainTestRunner())];
