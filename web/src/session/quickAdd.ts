/** The longest topic that the graph takes. */
export const topicLength = 200;

const key = '[A-Z][A-Z0-9_]*-[0-9]+';
const onlyKeys = new RegExp(`^${key}([\\s,;]+${key})*$`, 'iu');
const address = new RegExp(`^https?://\\S+/${key}(?:$|[/?#])`, 'iu');

/** Whether a line is nothing but issue keys, or the address of an issue; everything else is a topic in somebody's own words. */
export function namesIssues(line: string): boolean {
  const wanted = line.trim();
  return onlyKeys.test(wanted) || address.test(wanted);
}
