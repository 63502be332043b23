/** The texts of parts that are loaded when they are first shown: they come with those, by `useLaterText`. */
export const englishLater = {
  'note.label': 'Reason or question with your card, shown at the reveal',
  'note.placeholder': 'Why? Or a question… (optional)',
  'notes.title': 'What people wrote',
} as const;
