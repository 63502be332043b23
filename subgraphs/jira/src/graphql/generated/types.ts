// Generated from schema.graphql by `npm run generate`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IssueView } from '../views.ts';
import type { Estimability as EstimabilityModel } from '../../domain/issue.ts';
import type { JiraContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant, ISO 8601 in UTC, e.g. `2026-11-22T09:30:00.000Z`. */
  DateTime: { input: string; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Board = {
  readonly __typename?: 'Board';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  /** Null for a board over several projects. */
  readonly projectKey: Maybe<Scalars['ID']['output']>;
  readonly type: BoardType;
};

export type BoardType =
  | 'KANBAN'
  | 'SCRUM'
  /** A team-managed project's board. */
  | 'SIMPLE';

export type Description = {
  readonly __typename?: 'Description';
  /** HTML made by us from Jira's document: safe to put into a page. */
  readonly html: Scalars['String']['output'];
  /** Plain text, paragraphs apart by an empty line. */
  readonly text: Scalars['String']['output'];
};

/** Whether Jira would take an estimate, found out before the meeting. */
export type Estimability = {
  readonly __typename?: 'Estimability';
  readonly can: Scalars['Boolean']['output'];
  /** Where an estimate would go; null when no field is known for it, or several are. */
  readonly field: Maybe<EstimationField>;
  /** Null when it can. */
  readonly reason: Maybe<EstimabilityReason>;
  /** What to do about it, for people; null when it can. */
  readonly remedy: Maybe<Scalars['String']['output']>;
};

export type EstimabilityReason =
  /** The field is of a type that takes no number. */
  | 'FIELD_TYPE'
  /** The field exists, but not on the issue's edit screen. */
  | 'NOT_ON_SCREEN'
  /** Nothing in Jira holds this track's estimates. */
  | 'NO_FIELD'
  /** Our Jira user may not edit the issue. */
  | 'NO_PERMISSION'
  /** Several fields may hold this track's estimates, and nothing decides among them. */
  | 'SEVERAL_FIELDS';

/** A field of Jira that holds estimates. */
export type EstimationField = {
  readonly __typename?: 'EstimationField';
  /** E.g. `customfield_10016`. */
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
};

/** A custom field of Jira, e.g. acceptance criteria. */
export type ExtraField = {
  readonly __typename?: 'ExtraField';
  /** As a description's: safe to put into a page. */
  readonly html: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  /** Plain text. */
  readonly text: Scalars['String']['output'];
};

/** How old what you see is. */
export type Freshness = {
  readonly __typename?: 'Freshness';
  readonly fetchedAt: Scalars['DateTime']['output'];
  /** True when Jira could not be asked and an older answer stands in. */
  readonly isStale: Scalars['Boolean']['output'];
};

/** A Jira issue. */
export type Issue = {
  readonly __typename?: 'Issue';
  readonly assignee: Maybe<JiraPerson>;
  readonly components: ReadonlyArray<Scalars['String']['output']>;
  readonly created: Scalars['DateTime']['output'];
  /** The key it has now: another one after a move. */
  readonly currentKey: Scalars['ID']['output'];
  /**
   * Null when it has none. Its pictures have addresses `/attachments/KEY/…` at the router, for participants whose session holds the issue under
   * that key: PNG, JPEG, GIF and WebP of up to 8 MiB. Errors there: PICTURE_NOT_FOUND, PICTURE_TOO_LARGE.
   */
  readonly description: Maybe<Description>;
  /** Of the description's plain text, the empty one included. */
  readonly descriptionFingerprint: Scalars['String']['output'];
  /**
   * Whether an estimate can be written to it. Jira is asked each time, with one more request for each 100 issues.
   * Errors: JIRA_FORBIDDEN, JIRA_RATE_LIMITED, JIRA_UNAVAILABLE.
   */
  readonly estimability: Maybe<Estimability>;
  /** The custom fields that JIRA_EXTRA_FIELDS names, in its order, without those that are empty or that the issue does not have. */
  readonly extraFields: ReadonlyArray<ExtraField>;
  readonly freshness: Freshness;
  /** Jira's own number for it: survives moves. */
  readonly id: Scalars['ID']['output'];
  /** The key it was asked for. */
  readonly key: Scalars['ID']['output'];
  readonly labels: ReadonlyArray<Scalars['String']['output']>;
  readonly links: ReadonlyArray<IssueLink>;
  /** The epic or parent issue. */
  readonly parent: Maybe<IssueStub>;
  readonly priority: Maybe<Scalars['String']['output']>;
  readonly reporter: Maybe<JiraPerson>;
  /** The active or future sprint it is in, else the last one it was in. */
  readonly sprint: Maybe<Sprint>;
  readonly status: IssueStatus;
  /** What Jira holds as the estimate of a track; null when there is none (0 is an estimate). */
  readonly storyPoints: Maybe<Scalars['Float']['output']>;
  readonly subtasks: ReadonlyArray<IssueStub>;
  readonly summary: Scalars['String']['output'];
  /** Of the summary as it is: another one when the text is another. */
  readonly summaryFingerprint: Scalars['String']['output'];
  readonly type: IssueType;
  readonly updated: Scalars['DateTime']['output'];
  /** Its page in Jira. */
  readonly url: Scalars['String']['output'];
};


/** A Jira issue. */
export type IssueEstimabilityArgs = {
  track?: Scalars['ID']['input'];
};


/** A Jira issue. */
export type IssueStoryPointsArgs = {
  track?: Scalars['ID']['input'];
};

export type IssueConnection = {
  readonly __typename?: 'IssueConnection';
  readonly edges: ReadonlyArray<IssueEdge>;
  /** The edges' issues. */
  readonly nodes: ReadonlyArray<Issue>;
  readonly pageInfo: PageInfo;
};

export type IssueEdge = {
  readonly __typename?: 'IssueEdge';
  /** As `after`: what follows this issue. */
  readonly cursor: Scalars['String']['output'];
  readonly node: Issue;
};

export type IssueLink = {
  readonly __typename?: 'IssueLink';
  readonly issue: IssueStub;
  /** How it is linked, read from this issue, e.g. `blocks`, `is blocked by`. */
  readonly relation: Scalars['String']['output'];
};

export type IssueStatus = {
  readonly __typename?: 'IssueStatus';
  readonly category: StatusCategory;
  readonly name: Scalars['String']['output'];
};

/** As much of a neighbouring issue as Jira tells in passing. */
export type IssueStub = {
  readonly __typename?: 'IssueStub';
  readonly key: Scalars['ID']['output'];
  readonly status: Maybe<IssueStatus>;
  readonly summary: Scalars['String']['output'];
};

export type IssueType = {
  readonly __typename?: 'IssueType';
  readonly isSubtask: Scalars['Boolean']['output'];
  readonly name: Scalars['String']['output'];
};

export type JiraPerson = {
  readonly __typename?: 'JiraPerson';
  readonly avatarUrl: Maybe<Scalars['String']['output']>;
  readonly name: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Puts a settled estimate into the issue's field for its track: `estimate` goes to the discovered story-point field, any other track to
   * JIRA_SP_<TRACK>_FIELD, and on request (JIRA_COMMENT_ESTIMATES) into a comment. Safe to repeat: a value that is ours already is WRITTEN.
   * Errors: CALLER_NOT_ALLOWED, INVALID_INPUT, ISSUE_NOT_FOUND, JIRA_FIELD_MISSING, JIRA_FIELD_NOT_ON_SCREEN, JIRA_FORBIDDEN,
   * JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE.
   */
  readonly writeEstimate: WriteEstimateResult;
};


export type MutationWriteEstimateArgs = {
  input: WriteEstimateInput;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Null when there is no next page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True on a last page after which Jira promised more but gave none: not all that there is was seen. */
  readonly isTruncated: Scalars['Boolean']['output'];
};

export type ParsedIssues = {
  readonly __typename?: 'ParsedIssues';
  readonly issues: ReadonlyArray<Issue>;
  /** Null for keys. */
  readonly jql: Maybe<Scalars['String']['output']>;
  /** The keys as they stand in the text, without repetitions; for a JQL those it found. */
  readonly keys: ReadonlyArray<Scalars['ID']['output']>;
  readonly kind: ParsedKind;
  /** Keys that Jira does not know or does not show. */
  readonly notFound: ReadonlyArray<Scalars['ID']['output']>;
};

export type ParsedKind =
  | 'JQL'
  | 'KEYS';

export type Project = {
  readonly __typename?: 'Project';
  readonly id: Scalars['ID']['output'];
  readonly isTeamManaged: Scalars['Boolean']['output'];
  readonly key: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
};

/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** The issues of a board that are in no active or future sprint, in the board's order. Errors: BOARD_NOT_FOUND, CURSOR_INVALID. */
  readonly backlog: Maybe<IssueConnection>;
  /** The boards that Jira shows us, by name. */
  readonly boards: Maybe<ReadonlyArray<Board>>;
  /** One issue, by its key or a key it had before it moved. Errors: ISSUE_NOT_FOUND. */
  readonly issue: Maybe<Issue>;
  /**
   * Issues in the order of `keys`, at most 1000; one that cannot be read is null, with its own error at its own place.
   * Errors: ISSUE_NOT_FOUND.
   */
  readonly issues: Maybe<ReadonlyArray<Maybe<Issue>>>;
  /**
   * Makes sense of what people paste: a JQL (its first 100 issues), up to 1000 issue keys and links in any surrounding text, or a line of
   * plain words, which are searched for: `jql` is then the one that was used, e.g. `text ~ "login page"`.
   * Errors: JQL_INVALID (with Jira's own message).
   */
  readonly parseIssues: Maybe<ParsedIssues>;
  /** The projects that Jira shows us, by key. */
  readonly projects: Maybe<ReadonlyArray<Project>>;
  /** Saved filters: their JQL can be given to `searchIssues`. */
  readonly savedFilters: Maybe<ReadonlyArray<SavedFilter>>;
  /**
   * The issues that a JQL finds, in its order, `first` (1 to 100) at a time. There is no total: Jira does not tell.
   * Errors: JQL_INVALID (with Jira's own message), CURSOR_INVALID.
   */
  readonly searchIssues: Maybe<IssueConnection>;
  /** The sprints of a board: active, then future, then closed ones with the newest first. Errors: BOARD_NOT_FOUND. */
  readonly sprints: Maybe<ReadonlyArray<Sprint>>;
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QueryBacklogArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  boardId: Scalars['ID']['input'];
  first?: Scalars['Int']['input'];
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QueryBoardsArgs = {
  projectKey: InputMaybe<Scalars['ID']['input']>;
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QueryIssueArgs = {
  key: Scalars['ID']['input'];
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QueryIssuesArgs = {
  keys: ReadonlyArray<Scalars['ID']['input']>;
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QueryParseIssuesArgs = {
  text: Scalars['String']['input'];
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QuerySearchIssuesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  jql: Scalars['String']['input'];
};


/**
 * A field that fails is null, and spoils no other: hence none of them is non-null.
 * With `AUTH=oidc` these fields are for people whom the identity provider permits: the bearer is its token. Issues that a session holds are read through it.
 * Every field here may also fail with INVALID_INPUT, CALLER_NOT_ALLOWED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED (`retryAfterSeconds`), JIRA_UNAVAILABLE,
 * UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, NOT_PERMITTED and IDENTITY_UNAVAILABLE.
 */
export type QuerySprintsArgs = {
  boardId: Scalars['ID']['input'];
};

export type SavedFilter = {
  readonly __typename?: 'SavedFilter';
  readonly id: Scalars['ID']['output'];
  readonly jql: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly owner: Maybe<JiraPerson>;
};

export type Sprint = {
  readonly __typename?: 'Sprint';
  readonly endDate: Maybe<Scalars['DateTime']['output']>;
  readonly goal: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly startDate: Maybe<Scalars['DateTime']['output']>;
  readonly state: SprintState;
};

export type SprintState =
  | 'ACTIVE'
  | 'CLOSED'
  | 'FUTURE';

export type StatusCategory =
  | 'DONE'
  | 'IN_PROGRESS'
  | 'TO_DO'
  /** A category that Jira does not explain. */
  | 'UNDEFINED';

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The issue, each time Jira says by webhook that it has changed, or an estimate was written to it; null with ISSUE_NOT_FOUND once it is gone.
   * With `AUTH=oidc` also for participants, with their own token, of issues that their session holds. Errors: as in Query.
   */
  readonly issueUpdated: Maybe<Issue>;
};


export type SubscriptionIssueUpdatedArgs = {
  key: Scalars['ID']['input'];
};

export type WriteEstimateInput = {
  /**
   * What our comment says after the estimate, 1000 characters at most; with it there is a comment also without JIRA_COMMENT_ESTIMATES. The comment that
   * we made for the track before is edited.
   */
  readonly comment?: InputMaybe<Scalars['String']['input']>;
  /** What the field held when it was last seen; null: nothing. Only looked at when `hasExpected`. */
  readonly expected?: InputMaybe<Scalars['Float']['input']>;
  /** False: overwrite whatever is there. */
  readonly hasExpected: Scalars['Boolean']['input'];
  /** The same for every attempt at one estimate, e.g. round and track. */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly key: Scalars['ID']['input'];
  readonly track: Scalars['ID']['input'];
  /** 0 to 10 000. */
  readonly value: Scalars['Float']['input'];
};

export type WriteEstimateResult = {
  readonly __typename?: 'WriteEstimateResult';
  /** The key that the issue has now. */
  readonly currentKey: Scalars['ID']['output'];
  /** The field that holds it, e.g. `customfield_10016`. */
  readonly fieldId: Scalars['ID']['output'];
  readonly state: WriteEstimateState;
  /** What Jira holds now. */
  readonly valueInJira: Maybe<Scalars['Float']['output']>;
};

export type WriteEstimateState =
  /** Jira holds something that is neither `expected` nor `value`; nothing was changed. */
  | 'CONFLICT'
  /** Jira holds the value. */
  | 'WRITTEN';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Issue: Issue;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Issue:
    ( { __typename: 'Issue' }
    & GraphQLRecursivePick<FederationTypes['Issue'], {"key":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Board: ResolverTypeWrapper<Board>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BoardType: BoardType;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Description: ResolverTypeWrapper<Description>;
  Estimability: ResolverTypeWrapper<EstimabilityModel>;
  EstimabilityReason: EstimabilityReason;
  EstimationField: ResolverTypeWrapper<EstimationField>;
  ExtraField: ResolverTypeWrapper<ExtraField>;
  Freshness: ResolverTypeWrapper<Freshness>;
  Issue: ResolverTypeWrapper<IssueView>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  IssueConnection: ResolverTypeWrapper<Omit<IssueConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['IssueEdge']>, nodes: ReadonlyArray<ResolversTypes['Issue']> }>;
  IssueEdge: ResolverTypeWrapper<Omit<IssueEdge, 'node'> & { node: ResolversTypes['Issue'] }>;
  IssueLink: ResolverTypeWrapper<IssueLink>;
  IssueStatus: ResolverTypeWrapper<IssueStatus>;
  IssueStub: ResolverTypeWrapper<IssueStub>;
  IssueType: ResolverTypeWrapper<IssueType>;
  JiraPerson: ResolverTypeWrapper<JiraPerson>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParsedIssues: ResolverTypeWrapper<Omit<ParsedIssues, 'issues'> & { issues: ReadonlyArray<ResolversTypes['Issue']> }>;
  ParsedKind: ParsedKind;
  Project: ResolverTypeWrapper<Project>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  SavedFilter: ResolverTypeWrapper<SavedFilter>;
  Sprint: ResolverTypeWrapper<Sprint>;
  SprintState: SprintState;
  StatusCategory: StatusCategory;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  WriteEstimateInput: WriteEstimateInput;
  WriteEstimateResult: ResolverTypeWrapper<WriteEstimateResult>;
  WriteEstimateState: WriteEstimateState;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Board: Board;
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  Description: Description;
  Estimability: EstimabilityModel;
  EstimationField: EstimationField;
  ExtraField: ExtraField;
  Freshness: Freshness;
  Issue: IssueView;
  Float: Scalars['Float']['output'];
  IssueConnection: Omit<IssueConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['IssueEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Issue']> };
  IssueEdge: Omit<IssueEdge, 'node'> & { node: ResolversParentTypes['Issue'] };
  IssueLink: IssueLink;
  IssueStatus: IssueStatus;
  IssueStub: IssueStub;
  IssueType: IssueType;
  JiraPerson: JiraPerson;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  ParsedIssues: Omit<ParsedIssues, 'issues'> & { issues: ReadonlyArray<ResolversParentTypes['Issue']> };
  Project: Project;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  SavedFilter: SavedFilter;
  Sprint: Sprint;
  Subscription: Record<PropertyKey, never>;
  WriteEstimateInput: WriteEstimateInput;
  WriteEstimateResult: WriteEstimateResult;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type FeedDirectiveArgs = {
  cursor: Maybe<Scalars['String']['input']>;
  field: Maybe<Scalars['String']['input']>;
  heldBy: Maybe<Scalars['String']['input']>;
  scope: Maybe<Scalars['String']['input']>;
  snapshot: Maybe<Scalars['Boolean']['input']>;
};

export type FeedDirectiveResolver<Result, Parent, ContextType = JiraContext, Args = FeedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type FilesDirectiveArgs = {
  path: Scalars['String']['input'];
};

export type FilesDirectiveResolver<Result, Parent, ContextType = JiraContext, Args = FilesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type BoardResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Board'] = ResolversParentTypes['Board']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  projectKey?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BoardType'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DescriptionResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Description'] = ResolversParentTypes['Description']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EstimabilityResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Estimability'] = ResolversParentTypes['Estimability']> = {
  can?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['EstimationField']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['EstimabilityReason']>, ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EstimationFieldResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['EstimationField'] = ResolversParentTypes['EstimationField']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExtraFieldResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['ExtraField'] = ResolversParentTypes['ExtraField']> = {
  html?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FreshnessResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = {
  fetchedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isStale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type IssueResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Issue'] = ResolversParentTypes['Issue'], FederationReferenceType extends FederationReferenceTypes['Issue'] = FederationReferenceTypes['Issue']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Issue']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['JiraPerson']>, ParentType, ContextType>;
  components?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currentKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['Description']>, ParentType, ContextType>;
  descriptionFingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  estimability?: Resolver<Maybe<ResolversTypes['Estimability']>, ParentType, ContextType, RequireFields<IssueEstimabilityArgs, 'track'>>;
  extraFields?: Resolver<ReadonlyArray<ResolversTypes['ExtraField']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  links?: Resolver<ReadonlyArray<ResolversTypes['IssueLink']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['IssueStub']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reporter?: Resolver<Maybe<ResolversTypes['JiraPerson']>, ParentType, ContextType>;
  sprint?: Resolver<Maybe<ResolversTypes['Sprint']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IssueStatus'], ParentType, ContextType>;
  storyPoints?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType, RequireFields<IssueStoryPointsArgs, 'track'>>;
  subtasks?: Resolver<ReadonlyArray<ResolversTypes['IssueStub']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summaryFingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IssueType'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IssueConnectionResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueConnection'] = ResolversParentTypes['IssueConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['IssueEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Issue']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type IssueEdgeResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueEdge'] = ResolversParentTypes['IssueEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Issue'], ParentType, ContextType>;
};

export type IssueLinkResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueLink'] = ResolversParentTypes['IssueLink']> = {
  issue?: Resolver<ResolversTypes['IssueStub'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IssueStatusResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueStatus'] = ResolversParentTypes['IssueStatus']> = {
  category?: Resolver<ResolversTypes['StatusCategory'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IssueStubResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueStub'] = ResolversParentTypes['IssueStub']> = {
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['IssueStatus']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IssueTypeResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['IssueType'] = ResolversParentTypes['IssueType']> = {
  isSubtask?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type JiraPersonResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['JiraPerson'] = ResolversParentTypes['JiraPerson']> = {
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  writeEstimate: Resolver<ResolversTypes['WriteEstimateResult'], ParentType, ContextType, RequireFields<MutationWriteEstimateArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTruncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ParsedIssuesResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['ParsedIssues'] = ResolversParentTypes['ParsedIssues']> = {
  issues?: Resolver<ReadonlyArray<ResolversTypes['Issue']>, ParentType, ContextType>;
  jql?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  keys?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ParsedKind'], ParentType, ContextType>;
  notFound?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isTeamManaged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  backlog: Resolver<Maybe<ResolversTypes['IssueConnection']>, ParentType, ContextType, RequireFields<QueryBacklogArgs, 'boardId' | 'first'>>;
  boards: Resolver<Maybe<ReadonlyArray<ResolversTypes['Board']>>, ParentType, ContextType, Partial<QueryBoardsArgs>>;
  issue: Resolver<Maybe<ResolversTypes['Issue']>, ParentType, ContextType, RequireFields<QueryIssueArgs, 'key'>>;
  issues: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Issue']>>>, ParentType, ContextType, RequireFields<QueryIssuesArgs, 'keys'>>;
  parseIssues: Resolver<Maybe<ResolversTypes['ParsedIssues']>, ParentType, ContextType, RequireFields<QueryParseIssuesArgs, 'text'>>;
  projects: Resolver<Maybe<ReadonlyArray<ResolversTypes['Project']>>, ParentType, ContextType>;
  savedFilters: Resolver<Maybe<ReadonlyArray<ResolversTypes['SavedFilter']>>, ParentType, ContextType>;
  searchIssues: Resolver<Maybe<ResolversTypes['IssueConnection']>, ParentType, ContextType, RequireFields<QuerySearchIssuesArgs, 'first' | 'jql'>>;
  sprints: Resolver<Maybe<ReadonlyArray<ResolversTypes['Sprint']>>, ParentType, ContextType, RequireFields<QuerySprintsArgs, 'boardId'>>;
};

export type SavedFilterResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['SavedFilter'] = ResolversParentTypes['SavedFilter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jql?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['JiraPerson']>, ParentType, ContextType>;
};

export type SprintResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Sprint'] = ResolversParentTypes['Sprint']> = {
  endDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  goal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SprintState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  issueUpdated: SubscriptionResolver<Maybe<ResolversTypes['Issue']>, "issueUpdated", ParentType, ContextType, RequireFields<SubscriptionIssueUpdatedArgs, 'key'>>;
};

export type WriteEstimateResultResolvers<ContextType = JiraContext, ParentType extends ResolversParentTypes['WriteEstimateResult'] = ResolversParentTypes['WriteEstimateResult']> = {
  currentKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fieldId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WriteEstimateState'], ParentType, ContextType>;
  valueInJira?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = JiraContext> = {
  Board?: BoardResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Description?: DescriptionResolvers<ContextType>;
  Estimability?: EstimabilityResolvers<ContextType>;
  EstimationField?: EstimationFieldResolvers<ContextType>;
  ExtraField?: ExtraFieldResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  Issue?: IssueResolvers<ContextType>;
  IssueConnection?: IssueConnectionResolvers<ContextType>;
  IssueEdge?: IssueEdgeResolvers<ContextType>;
  IssueLink?: IssueLinkResolvers<ContextType>;
  IssueStatus?: IssueStatusResolvers<ContextType>;
  IssueStub?: IssueStubResolvers<ContextType>;
  IssueType?: IssueTypeResolvers<ContextType>;
  JiraPerson?: JiraPersonResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParsedIssues?: ParsedIssuesResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SavedFilter?: SavedFilterResolvers<ContextType>;
  Sprint?: SprintResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  WriteEstimateResult?: WriteEstimateResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = JiraContext> = {
  feed?: FeedDirectiveResolver<any, any, ContextType>;
  files?: FilesDirectiveResolver<any, any, ContextType>;
};
