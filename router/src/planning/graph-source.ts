import type { Logger } from '../../../kit/process/logging.ts';
import { createGraph, type Graph } from './graph.ts';

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

/**
 * Holds the current graph, from `sdl` at first. `connect` makes the way to the subgraphs of a graph before it is served, or throws.
 *
 * @throws Error when the SDL is not a supergraph, or has subgraphs whose address is not known.
 */
export function createGraphSource(sdl: string, connect: (graph: Graph) => void, log: Logger): GraphSource {
  const listeners = new Set<(graph: Graph) => void>();
  const build = (text: string): Graph => {
    const graph = createGraph(text);
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
