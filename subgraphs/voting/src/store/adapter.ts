import type { z } from 'zod';
import type { ConfigIssue, Environment } from '../../../../kit/process/config.ts';
import type { Logger } from '../../../../kit/process/logging.ts';
import type { Tls } from '../../../../kit/process/tls.ts';
import type { VotingStore } from './voting-store.ts';

export interface OpenOptions {
  readonly log: Logger;
  readonly tls?: Tls | undefined;
  /** How long a server's answer may be waited for; the adapter's own default unless given. */
  readonly timeoutMs?: number;
}

/** What the registry knows of an adapter; `Values` are its own variables, those that are given and valid. */
export interface StoreAdapter<Values extends object> {
  /** None is required but by `findIssues`: another adapter may be chosen. */
  readonly variables: Readonly<Record<keyof Values, z.ZodType>>;
  /** Whether its variables alone choose it, without VOTING_STORAGE. */
  isImplied(values: Values): boolean;
  /** What is wrong with its variables when it is chosen; `hasTls`: the service has a certificate. */
  findIssues(values: Values, hasTls: boolean): readonly ConfigIssue[];
  open(values: Values, options: OpenOptions): VotingStore | Promise<VotingStore>;
  /** The variables for a storage that a command line names by an address; undefined when it is none of this adapter's. */
  parseAddress(address: string): Environment | undefined;
  /** Makes a storage ready that may be new, before it is opened by a command; services expect one that is. */
  prepare?(values: Values, options: OpenOptions): Promise<void>;
}
