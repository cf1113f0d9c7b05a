/** The menu of the console: each page has its line here, in the order that people see. */
export type Place = {
  readonly path: string;
  readonly says: string;
  /** `g` and this letter go there. */
  readonly key: string;
  /** What it is for, in a few words. */
  readonly about: string;
  readonly group: 'work' | 'records' | 'system';
  /** Whoever has not this right does not see it. */
  readonly right: string;
  /** The live figure beside it; `hot` where a person has to look at it now. */
  readonly figure?: string;
  readonly hot?: true;
  /** It has a search, which `/` asks from everywhere. */
  readonly searches?: true;
};

export const places: readonly Place[] = [
  {
    path: '/',
    says: 'Overview',
    key: 'o',
    about: 'What is wrong, what goes on, what is next',
    group: 'work',
    right: 'console: view',
  },
  {
    path: '/cases',
    says: 'Cases',
    key: 'c',
    about: 'The next deadline first, and everything that was said on them',
    group: 'work',
    right: 'console: view',
    figure: 'cases.risk',
    hot: true,
    searches: true,
  },
  {
    path: '/held',
    says: 'Held mail',
    key: 'h',
    about: 'Mail that waits for a person: let in, answered or refused',
    group: 'work',
    right: 'console: view',
    figure: 'held.count',
    hot: true,
  },
  {
    path: '/customers',
    says: 'Customers',
    key: 'u',
    about: 'Sites, their people, contracts and PINs; import and export',
    group: 'work',
    right: 'console: view',
  },
  {
    path: '/access',
    says: 'Access',
    key: 'a',
    about: 'Who asks for access, and who may open cases',
    group: 'work',
    right: 'console: view',
    figure: 'access.open',
  },
  {
    path: '/renewals',
    says: 'Renewals',
    key: 'r',
    about: 'What ends, who is told when, and who was not',
    group: 'work',
    right: 'console: view',
  },
  {
    path: '/announcements',
    says: 'Announcements',
    key: 'b',
    about: 'What goes to many: written, checked, sent',
    group: 'work',
    right: 'console: view',
  },
  {
    path: '/mails',
    says: 'Mails',
    key: 'm',
    about: 'Every mail, and what became of it',
    group: 'records',
    right: 'console: view',
    searches: true,
  },
  {
    path: '/queues/mailboxes',
    says: 'Mailboxes',
    key: 'i',
    about: 'Where mail comes in: what was read of each, and what is fetched again',
    group: 'records',
    right: 'console: view',
  },
  {
    path: '/letters',
    says: 'Letters',
    key: 'l',
    about: 'What went out, what the mail servers said, what waits',
    group: 'records',
    right: 'console: view',
    figure: 'letters.notArrived',
    hot: true,
  },
  {
    path: '/queues',
    says: 'Queues',
    key: 'q',
    about: 'What waits and why, who works on it',
    group: 'records',
    right: 'console: view',
  },
  {
    path: '/reports',
    says: 'Reports',
    key: 'e',
    about: 'How fast answers were, why mail was held, how it was',
    group: 'records',
    right: 'console: view',
  },
  {
    path: '/audit',
    says: 'Audit',
    key: 't',
    about: 'Who did what, when, and by which way',
    group: 'system',
    right: 'audit: view',
  },
  {
    path: '/templates',
    says: 'Templates',
    key: 'f',
    about: 'The words of letters, in every language',
    group: 'system',
    right: 'console: view',
  },
  {
    path: '/policy',
    says: 'Policy',
    key: 'v',
    about: 'The numbers, and what others would have done',
    group: 'system',
    right: 'console: view',
  },
  {
    path: '/api',
    says: 'API',
    key: 'p',
    about: 'Every call for programs, readable',
    group: 'system',
    right: 'console: view',
  },
  {
    path: '/staff',
    says: 'Staff',
    key: 's',
    about: 'Who works here, and where they are signed in',
    group: 'system',
    right: 'console: view',
  },
  {
    path: '/webhooks',
    says: 'Webhooks',
    key: 'w',
    about: 'Where other programs hear what happens',
    group: 'system',
    right: 'webhooks: manage',
    figure: 'webhooks.failed',
    hot: true,
  },
];
