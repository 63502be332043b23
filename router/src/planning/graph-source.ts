import { readFileSync } from 'node:fs';
import type { Logger } from '../../../kit/process/logging.ts';
import { createGraph, type Graph } from './graph.ts';
import { UnservableSupergraph } from './supergraph.ts';

/** The graph that is served now. */
export interface GraphSource {
  readonly current: () => Graph;
  /** Called after each change, in the order of registration; returns the way to stop listening. */
  readonly onChange: (listener: (graph: Graph) => void) => () => void;
  /**
   * Takes over new SDL; the old graph stays when it is unusable. False when nothing changed.
   *
   * @throws Error saying why the SDL cannot be served.
   */
  readonly update: (sdl: string) => boolean;
}

interface GraphSourceOptions {
  readonly heldLabels: ReadonlySet<string>;
  /** Makes the way to the subgraphs of a graph before it is served, or throws. */
  readonly connect: (graph: Graph) => void;
  readonly log: Logger;
}

let latest: { readonly graph: Graph; readonly labels: string } | undefined;

/** A graph and its plans never change: routers of one process that serve the same have the same one. Only the latest is kept, which is served anyway. */
function shareGraph(sdl: string, heldLabels: ReadonlySet<string>): Graph {
  const labels = JSON.stringify([...heldLabels].sort());
  if (latest?.graph.sdl !== sdl || latest.labels !== labels) latest = { graph: createGraph(sdl, { heldLabels }), labels };
  return latest.graph;
}

/**
 * Holds the current graph, from `sdl` at first.
 *
 * @throws Error when the SDL is not a supergraph, or has subgraphs whose address is not known.
 */
function createGraphSource(sdl: string, { connect, log, heldLabels }: GraphSourceOptions): GraphSource {
  const listeners = new Set<(graph: Graph) => void>();
  const build = (text: string): Graph => {
    const graph = shareGraph(text, heldLabels);
    connect(graph);
    return graph;
  };
  let current = build(sdl);
  return {
    current: () => current,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update: (text) => {
      if (text === current.sdl) return false;
      current = build(text);
      log.info({ subgraphs: current.subgraphNames }, 'serving a new supergraph');
      for (const listener of listeners) listener(current);
      return true;
    },
  };
}

/**
 * The same of a file.
 *
 * @throws UnservableSupergraph naming SUPERGRAPH_FILE; ConfigError when the environment does not fit its subgraphs.
 */
export function openGraph(
  { supergraphFile, heldLabels }: { readonly supergraphFile: string; readonly heldLabels: ReadonlySet<string> },
  connect: (graph: Graph) => void,
  log: Logger,
): GraphSource {
  try {
    return createGraphSource(readFileSync(supergraphFile, 'utf8'), { connect, log, heldLabels });
  } catch (error) {
    if (!(error instanceof UnservableSupergraph)) throw error;
    throw new UnservableSupergraph(`SUPERGRAPH_FILE (${supergraphFile}) cannot be served: ${error.message}`, { cause: error });
  }
}
