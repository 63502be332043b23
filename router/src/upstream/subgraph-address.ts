/** Where a subgraph is and how it knows us. */
export interface SubgraphAddress {
  readonly name: string;
  /** The endpoint itself, path and query included. */
  readonly url: string;
  /** Unset for jira and voting only on loopback or with mTLS. */
  readonly secret: string | undefined;
  /** Sent with each request, by lower-case name; secrets perhaps. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long one answer may take. */
  readonly timeoutMs: number;
  /** `mutual`: we show our certificate, and the authority is TLS_CA; `system`: the authorities that Node trusts. */
  readonly tls: 'mutual' | 'system';
  /** In place of both: PEM texts of the authorities that are trusted for this subgraph, which is shown no certificate of ours. */
  readonly authority?: string | undefined;
}
