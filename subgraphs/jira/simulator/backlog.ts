/** The words that the simulated backlog is made of. */

interface Topic {
  readonly component: string;
  readonly things: readonly string[];
}

export interface ProjectText {
  readonly epics: readonly string[];
  readonly topics: readonly Topic[];
}

export const texts: Readonly<Record<string, ProjectText>> = {
  SHOP: {
    epics: ['Checkout that never loses a basket', 'Search people trust', 'Accounts without passwords', 'Prices for every market'],
    topics: [
      { component: 'Checkout', things: ['the basket', 'the address form', 'the voucher field', 'the payment step', 'the order summary'] },
      { component: 'Search', things: ['the search box', 'the result list', 'the filter panel', 'spelling suggestions', 'recent searches'] },
      { component: 'Accounts', things: ['the sign-in page', 'order history', 'saved addresses', 'e-mail preferences', 'account deletion'] },
      { component: 'Pricing', things: ['currency rounding', 'the VAT breakdown', 'volume discounts', 'the price import', 'sale badges'] },
    ],
  },
  APP: {
    epics: ['The app works in a tunnel', 'Notifications worth having', 'A calmer home screen'],
    topics: [
      { component: 'Offline', things: ['the outbox', 'conflict resolution', 'image caching', 'the sync indicator', 'draft recovery'] },
      { component: 'Notifications', things: ['quiet hours', 'the badge count', 'the digest', 'the permission prompt', 'deep links'] },
      { component: 'Home', things: ['the tab bar', 'pull to refresh', 'the onboarding carousel', 'dark mode', 'widget layout'] },
    ],
  },
  OPS: {
    epics: ['Deploy without holding one’s breath', 'Logs that answer questions'],
    topics: [
      { component: 'Delivery', things: ['the deploy pipeline', 'database migrations', 'the canary step', 'image signing', 'rollback'] },
      {
        component: 'Observability',
        things: ['log retention', 'the latency dashboard', 'alert routing', 'trace sampling', 'the status page'],
      },
      {
        component: 'Security',
        things: ['certificate renewal', 'the secrets rotation', 'the egress proxy', 'dependency updates', 'access reviews'],
      },
    ],
  },
};

export const verbs: Readonly<Record<'Story' | 'Task' | 'Bug', readonly ((thing: string) => string)[]>> = {
  Story: [
    (thing) => `Let people undo a change to ${thing}`,
    (thing) => `Show why ${thing} is empty`,
    (thing) => `Make ${thing} usable with a keyboard`,
    (thing) => `Remember the last choice in ${thing}`,
    (thing) => `Explain errors in ${thing} in plain words`,
    (thing) => `Translate ${thing} into French and Polish`,
  ],
  Task: [
    (thing) => `Measure how often ${thing} is used`,
    (thing) => `Move ${thing} to the new design tokens`,
    (thing) => `Write an integration test for ${thing}`,
    (thing) => `Remove the old code path behind ${thing}`,
    (thing) => `Document the limits of ${thing}`,
  ],
  Bug: [
    (thing) => `${capital(thing)} shows stale data after a reload`,
    (thing) => `${capital(thing)} is slow with more than 1,000 entries`,
    (thing) => `${capital(thing)} breaks on 320 px wide screens`,
    (thing) => `${capital(thing)} fails when the connection drops half-way`,
    (thing) => `${capital(thing)} ignores the time zone`,
  ],
};

export const reasons = [
  'Support hears about this several times a week, mostly from people who only notice when it is too late.',
  'In the last usability round four of six people got stuck here.',
  'We promised this to our largest customers for the coming quarter.',
  'It is the second most frequent cause of abandoned sessions in our figures.',
  'It came up in the last two retrospectives and keeps slowing us down.',
] as const;

export const criteria = [
  'It works without a mouse.',
  'An error says what happened and what to do next.',
  'Nothing that was typed is lost.',
  'It answers within 300 ms on a slow phone.',
  'The figures show how often it is used.',
  'Existing links keep working.',
] as const;

export const labels = ['accessibility', 'customer-request', 'performance', 'quick-win', 'tech-debt', 'needs-design', 'regression'] as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
