/** The texts of parts that are loaded when they are first shown: they come with those, by `useLaterText`. */
export const englishLater = {
  'decision.is': 'Decision:',
  'decision.label': 'Decision, in your words (optional)',
  'decision.title': 'What was decided',
  'references.epic': 'same epic',
  'references.similar': 'Similar issues and what they got',
  'references.size': 'What was a {label}?',
  'references.title': 'Earlier estimates to compare with',
  'references.words': 'title: {words}',
  'settings.commentDecisions': 'Add the decision to Jira as a comment',
  'import.jqlUsed': 'Searched with JQL:',
  'note.label': 'Reason or question with your card, shown at the reveal',
  'note.placeholder': 'Why? Or a question… (optional)',
  'notes.title': 'What people wrote',
} as const;
