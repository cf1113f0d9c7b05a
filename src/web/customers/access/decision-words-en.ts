/** The words of the page of a decision, in English; the other languages have the same. */
export const en = {
  title: 'Access to support',
  first: (who: string, role: string) =>
    `${who} has granted it as ${role}. It needs two who decide: grant it unchanged to confirm.`,
  firstTerms: { privileges: 'Privileges', reason: 'Reason of the grant', corrects: 'Corrected' },
  lead: (name: string, site: string) => `${name} asks for access to support for ${site}. You decide.`,
  name: 'Name',
  address: 'Address',
  role: 'Wished role',
  phone: 'Phone',
  why: 'Reason',
  none: 'none given',
  site: 'Site',
  number: 'Site number',
  grant: 'Grant access',
  as: 'As',
  until: 'Until, if it is to end (the last day)',
  reasonNeeded: 'Reason; the person gave none, so it is needed',
  reasonMore: 'Reason, if you want to give another',
  deny: 'Deny access',
  reasons: ['We do not know this person', 'Access is not necessary', 'No business relationship to this site'],
  words: 'Words to the person, if you like',
  now: (minutes: number) =>
    `Tell the person at once. Otherwise they hear in ${minutes} minutes, and you can take it back until then.`,
  code: 'Code from our letter',
  codeHelp: 'It stands in the letter that has this link, such as 7KQ2-M9XW. Nothing is decided without it.',
  decide: 'Decide',
  byMail:
    'You can reply to our letter instead. Privileges beside those of the role, and a corrected name or phone, can be given in a reply only.',
  codeWrong: (left: number) =>
    left === 1
      ? 'This is not the code of the letter, and nothing is decided. You can try once more.'
      : `This is not the code of the letter, and nothing is decided. You can try ${left} more times.`,
  faults: {
    'first-waits': 'You have granted this already; it waits for a second person who decides.',
    'no-code': 'Please type the code from our letter. Nothing is decided yet.',
    'nothing-chosen': 'Please choose whether you grant or deny. Nothing is decided yet.',
    'no-denial-reason': 'Please choose a reason for the denial. Nothing is decided yet.',
    'day-unreadable': 'Please write the last day as 2026-12-31. Nothing is decided yet.',
    unreadable: 'One of the fields cannot be read, or is too long. Nothing is decided yet.',
    'more-than-own':
      'You cannot give more than you have yourself. Choose another role, or ask the primary contact to decide. Nothing is decided yet.',
    'too-many': 'The site has as many secondary contacts as it may have. Choose another role. Nothing is decided yet.',
    'no-reason': 'A grant needs a reason, and the person gave none. Please write one. Nothing is decided yet.',
    past: 'This day is past. Choose a day to come, or leave it empty. Nothing is decided yet.',
    else: 'This could not be done, and nothing is decided. Please reply to our letter.',
  },
  decidedTitle: 'Decided',
  granted: (site: string) => `Access to support for ${site} was granted.`,
  denied: (site: string) => `Access to support for ${site} was denied.`,
  asNow: 'As',
  untilDay: 'Until',
  by: 'Decided by',
  us: 'our support team, or somebody who has left',
  when: 'When',
  ended: 'This access has ended, as it was granted.',
  undo: 'The first decision counts. Whoever decided can take it back for a while: reply UNDO to the letter that confirms it.',
  closed: {
    waits:
      'You have granted this, and it waits for a second person who decides. To withdraw it, reply UNDO to our letter.',
    spent: 'The decision from this page was taken back. To decide anew, reply to our latest letter about this request.',
    over: 'This request has waited too long to be decided here. If the person still needs access, please reply to our letter.',
    locked:
      'Too many wrong codes were typed on this page, so it takes none any more. Please reply to our letter to decide.',
    'no-right':
      'You may not decide about this request any more, so nothing of it is shown. If you think that this is a mistake, reply to our letter.',
  },
  overTitle: 'This page is not open',
  notFound: 'The link is not complete. Please open it from our letter once more, or simply reply to the letter.',
};
export type DecisionWords = Omit<typeof en, 'reasons'> & { readonly reasons: readonly string[] };
