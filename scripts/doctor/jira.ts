import { toMessage } from '../../kit/process/errors.ts';
import type { JiraConfig } from '../../subgraphs/jira/src/config.ts';
import { toFieldForm } from '../../subgraphs/jira/src/domain/estimate-value.ts';
import { defaultTrack } from '../../subgraphs/jira/src/domain/issue.ts';
import { createCloudSource } from '../../subgraphs/jira/src/source/cloud.ts';
import { createDataCenterSource } from '../../subgraphs/jira/src/source/data-center.ts';
import { detectFlavor } from '../../subgraphs/jira/src/source/detected.ts';
import { createEstimationFields } from '../../subgraphs/jira/src/source/estimation-fields.ts';
import type { IssueSource } from '../../subgraphs/jira/src/source/issue-source.ts';
import { createJiraClient, type JiraClient } from '../../subgraphs/jira/src/source/jira-client.ts';
import { lookAtJira } from '../../subgraphs/jira/src/source/probe.ts';
import type { ClockReading } from './clock.ts';
import { about, type Finding, inTime, toPlace } from './finding.ts';
import type { Looked } from './postgres.ts';

const { ok, warning, wrong } = about('jira');

/** Asks Jira what jira will ask it; writes nothing. `now` is milliseconds since 1970. */
export async function checkJira(config: JiraConfig, now: () => number): Promise<Looked> {
  const timeoutMs = Math.min(config.timeoutMs, 5_000);
  const client = createJiraClient({ ...config, timeoutMs, baseUrl: config.jiraUrl, now, random: Math.random });
  const place = toPlace(config.jiraUrl);
  try {
    const state = await lookAtJira(client);
    const clock = await readClock(config.jiraUrl, now);
    if (state.kind !== 'ok' && state.kind !== 'unsettled') {
      const remedy =
        state.kind === 'away' ? 'is it up, does a firewall or proxy stand between?' : 'correct JIRA_URL, JIRA_USERNAME or JIRA_API_TOKEN';
      return { findings: [wrong(`${place}: ${state.reason}`, remedy)], clock };
    }
    const flavor = config.flavor ?? (await detectFlavor(client));
    const source = (flavor === 'cloud' ? createCloudSource : createDataCenterSource)({ ...config, client, now });
    const findings = [...(await checkFields(config, client, flavor, now)), ...(await checkIssues(config, source))];
    return { findings: findings.length === 0 ? [ok(`${place} (${flavor}) knows us and the fields of estimates`)] : findings, clock };
  } catch (error) {
    return { findings: [wrong(`${place}: ${toMessage(error)}`, 'correct what it says')], clock: undefined };
  } finally {
    await client.stop();
  }
}

/** Any answer has a `Date`; we ask without credentials. */
async function readClock(url: string, now: () => number): Promise<ClockReading | undefined> {
  try {
    const askedAt = now();
    const response = await fetch(`${url}/rest/api/2/serverInfo`, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(theirs) ? undefined : { of: `Jira at ${toPlace(url)}`, theirs, askedAt, answeredAt: now(), precisionMs: 1_000 };
  } catch {
    return undefined;
  }
}

async function checkFields(config: JiraConfig, client: JiraClient, flavor: string, now: () => number): Promise<readonly Finding[]> {
  const api = flavor === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const { estimateFields, estimateFieldsByProject, extraFields } = config;
  const fields = createEstimationFields({
    client,
    api,
    configured: estimateFields,
    configuredByProject: estimateFieldsByProject,
    extraFields,
    now,
  });
  const findings: Finding[] = [];
  const named = [
    ...Object.entries(estimateFields).map(([track, id]) => ({
      id,
      use: track === defaultTrack ? 'STORY_POINTS_FIELD' : `the track ${track}`,
      mustHold: true,
    })),
    ...Object.entries(estimateFieldsByProject).map(([key, id]) => ({ id, use: `STORY_POINTS_FIELD_BY_PROJECT of ${key}`, mustHold: true })),
    ...extraFields.map((id) => ({ id, use: 'JIRA_EXTRA_FIELDS', mustHold: false })),
  ];
  for (const { id, use, mustHold } of named) {
    const { name, schema } = await inTime('Jira', () => fields.findField(id));
    const form = toFieldForm(id, schema, undefined);
    if (name === id && schema === undefined && form.kind !== 'HOURS')
      findings.push(
        (mustHold ? wrong : warning)(
          `${use} is ${id}, which this Jira does not have`,
          'take the id from GET /rest/api/2/field, or leave it out',
        ),
      );
    else if (mustHold && form.kind === 'OTHER')
      findings.push(
        wrong(`${use} is ${id}, "${name}", of type ${form.type}, which holds no estimate`, 'name a number field, or leave it out'),
      );
  }
  if (estimateFields[defaultTrack] !== undefined) return findings;
  const { fieldIds } = await inTime('Jira', () => fields.findCandidates('', defaultTrack).catch(() => ({ fieldIds: [] })));
  if (fieldIds.length === 0)
    findings.push(warning('no field for story points is to be found, but for boards that name theirs', 'set STORY_POINTS_FIELD'));
  return findings;
}

/** What people will see, and whether the first of it can be estimated. */
async function checkIssues(config: JiraConfig, source: IssueSource): Promise<readonly Finding[]> {
  const { scopeJql } = config;
  const name = scopeJql === undefined ? 'the account' : 'JIRA_SCOPE_JQL';
  try {
    const { found } = await inTime('Jira', () => source.search(scopeJql ?? 'created is not EMPTY', { first: 1, cursor: undefined }));
    const [first] = found;
    if (first === undefined) return [warning(`${name} finds no issue`, 'give the account rights on the projects, or widen JIRA_SCOPE_JQL')];
    const tracks = [...new Set([defaultTrack, ...Object.keys(config.estimateFields)])];
    const findings: Finding[] = [];
    for (const track of tracks) {
      const [answer] = await inTime('Jira', () => source.findEstimability([first.issue.key], track));
      if (answer === undefined) continue;
      if (answer instanceof Error)
        findings.push(warning(`whether ${first.issue.key} can be estimated is not to be found out: ${answer.message}`));
      else if (!answer.can)
        findings.push(
          warning(`${first.issue.key}, the first issue found, cannot be estimated (${track}): ${answer.reason}`, answer.remedy),
        );
    }
    return findings;
  } catch (error) {
    return [wrong(`${name} cannot be searched: ${toMessage(error)}`, 'correct JIRA_SCOPE_JQL, or the rights of the account')];
  }
}
