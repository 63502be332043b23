import { createDataCenterSource } from './data-center.ts';
import { describeIssueSource } from './issue-source.contract.ts';

describeIssueSource('data-center', createDataCenterSource);
