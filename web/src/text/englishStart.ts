/** The texts of how a session begins, goes on in the next, and gets its queue. */
export const englishStart = {
  'import.topicTooLong': 'Line {line} is longer than {length} characters.',
  quickAdd: 'Add to the queue',
  'quickAdd.hint': 'Key, link or topic',
  'quickAdd.known': 'Already in the queue: {keys}',
  'session.again': 'Same again',
  'start.firstTopic': 'Untitled topic',
  'start.search': 'Search by title',
  'start.voteNow': 'Vote now',
} as const;
