import { readFileSync } from 'node:fs';
import type { Logger } from '../../../kit/process/logging.ts';
import { createGraph, type Graph, type GraphOptions } from './graph.ts';
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

interface GraphSourceOptions extends GraphOptions {
  /** Makes the way to the subgraphs of a graph before it is served, or throws. */
  readonly connect: (graph: Graph) => void;
  readonly log: Logger;
}

/**
 * Holds the current graph, from `sdl` at first.
 *
 * @throws Error when the SDL is not a supergraph, or has subgraphs whose address is not known.
 */
function createGraphSource(sdl: string, { connect, log, ...options }: GraphSourceOptions): GraphSource {
  const listeners = new Set<(graph: Graph) => void>();
  const build = (text: string): Graph => {
    const graph = createGraph(text, options);
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
