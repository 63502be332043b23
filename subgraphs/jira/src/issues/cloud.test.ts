import { createCloudSource } from './cloud.ts';
import { describeIssueSource } from './issue-source.contract.ts';

describeIssueSource('cloud', createCloudSource);
