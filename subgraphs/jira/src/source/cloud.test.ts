import { createCloudSource } from './cloud.ts';
import { describeIssueSource } from './testing/issue-source.contract.ts';

describeIssueSource('cloud', createCloudSource);
