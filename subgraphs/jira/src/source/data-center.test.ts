import { createDataCenterSource } from './data-center.ts';
import { describeIssueSource } from './testing/issue-source.contract.ts';

describeIssueSource('data-center', createDataCenterSource);
