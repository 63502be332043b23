import { port, serviceSecret, serviceUrl } from './config.ts';

/** The processes that Tally consists of: where they start, and where they listen unless they are told otherwise. */
export const services = {
  simulator: { main: 'subgraphs/jira/simulator/main.ts', port: 4010, portVariable: 'SIMULATOR_PORT' },
  jira: { main: 'subgraphs/jira/src/main.ts', port: 4001, portVariable: 'JIRA_PORT', addressVariable: 'JIRA_SERVICE_URL' },
  voting: { main: 'subgraphs/voting/src/main.ts', port: 4002, portVariable: 'VOTING_PORT', addressVariable: 'VOTING_SERVICE_URL' },
  router: { main: 'router/src/main.ts', port: 4000, portVariable: 'ROUTER_PORT' },
} as const;

/** A service that runs in production; the simulator stands in for Jira elsewhere. */
export type Service = Exclude<keyof typeof services, 'simulator'>;

export const serviceNames = ['router', 'jira', 'voting'] as const satisfies readonly Service[];

export const portVariables = {
  SIMULATOR_PORT: port.default(services.simulator.port).describe('the port of the simulated Jira.'),
  JIRA_PORT: port.default(services.jira.port).describe('the port of jira.'),
  VOTING_PORT: port.default(services.voting.port).describe('the port of voting.'),
  ROUTER_PORT: port.default(services.router.port).describe('the port of the router.'),
} as const;

export const addressVariables = {
  JIRA_SERVICE_URL: serviceUrl.describe('the address of jira, with or without `/graphql`.'),
  VOTING_SERVICE_URL: serviceUrl.describe('the address of voting, with or without `/graphql`.'),
} as const;

/** One secret for each edge between services, for those that have no certificates. */
export const secretVariables = {
  ROUTER_TO_JIRA_SECRET: serviceSecret.optional().describe('proves the router to jira; the same in both.'),
  ROUTER_TO_VOTING_SECRET: serviceSecret.optional().describe('proves the router to voting; the same in both.'),
  VOTING_TO_JIRA_SECRET: serviceSecret.optional().describe('proves voting to jira; the same in both.'),
} as const;
