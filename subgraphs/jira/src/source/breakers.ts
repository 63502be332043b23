import { type Breaker, createBreaker } from '../../../../kit/process/breaker.ts';

export interface BreakersOptions {
  /** How long an endpoint is left alone after failing again and again, in milliseconds. */
  readonly pauseMs: number;
  /** Milliseconds. */
  readonly now: () => number;
}

export interface Breakers {
  /** True when a request to the endpoint may go out. */
  readonly tryPass: (endpoint: string) => boolean;
  readonly succeeded: (endpoint: string) => void;
  /** `isOutage`: it speaks against the endpoint; else it may be the fault of this one `question`, which counts once however often it is asked. */
  readonly failed: (endpoint: string, failure: { readonly question: string; readonly isOutage: boolean }) => void;
  /** The endpoints that are given a pause. */
  readonly open: () => readonly string[];
}

/** A breaker for each endpoint: a search that Jira cannot answer does not keep issues from being read. */
export function createBreakers({ pauseMs, now }: BreakersOptions): Breakers {
  const byEndpoint = new Map<string, { readonly breaker: Breaker; lastQuestion: string | undefined }>();
  const of = (endpoint: string) => {
    const known = byEndpoint.get(endpoint) ?? {
      breaker: createBreaker({ now, firstPauseMs: pauseMs, longestPauseMs: pauseMs }),
      lastQuestion: undefined,
    };
    byEndpoint.set(endpoint, known);
    return known;
  };
  return {
    tryPass: (endpoint) => of(endpoint).breaker.allows(),
    succeeded: (endpoint) => {
      const entry = of(endpoint);
      entry.lastQuestion = undefined;
      entry.breaker.succeeded();
    },
    failed: (endpoint, { question, isOutage }) => {
      const entry = of(endpoint);
      const isRepeated = !isOutage && entry.lastQuestion === question;
      entry.lastQuestion = question;
      // A trial that fails has to open it again, whatever it asked.
      if (!isRepeated || entry.breaker.isOpen()) entry.breaker.failed();
    },
    open: () => [...byEndpoint].filter(([, { breaker }]) => breaker.isOpen()).map(([endpoint]) => endpoint),
  };
}
