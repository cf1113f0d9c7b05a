/**
 * What other programs can hear of (docs/webhooks.md): a list that is public, so that a name stays what it is. Each change names its topic;
 * whatever is told holds ids, numbers and times, and no word of a mail.
 */

/** The ids that an event may carry. */
export const hookFields = {
  case: 'number of the case',
  mail: 'id of the mail',
  letter: 'id of the letter',
  site: 'number of the site',
  contact: 'id of the contact',
  request: 'id of the request for access',
  question: 'id of the question about a sender',
  announcement: 'id of the announcement',
  renewal: 'id of the renewal',
  outcome: 'what the mail was decided to be',
} as const satisfies Record<string, string>;
export type HookField = keyof typeof hookFields;

type TopicRow = { readonly says: string; readonly carries: readonly HookField[] };
const ofCase = (says: string, ...more: HookField[]): TopicRow => ({ says, carries: ['case', 'mail', ...more] });
const ofMail = (says: string, ...more: HookField[]): TopicRow => ({ says, carries: ['mail', ...more] });
const ofLetter = (says: string): TopicRow => ({ says, carries: ['letter', 'mail'] });
const ofSite = (says: string, ...more: HookField[]): TopicRow => ({ says, carries: ['site', 'mail', ...more] });
const ofContact = (says: string): TopicRow => ({ says, carries: ['site', 'contact', 'mail'] });
const alone = (says: string, ...carries: HookField[]): TopicRow => ({ says, carries });

export const hookTopics = {
  'case.opened': ofCase('A case is opened, from a mail or by one of our people.'),
  'case.updated': ofCase('A customer has added something to a case.', 'contact'),
  'case.reopened': ofCase('A closed case is open again.'),
  'case.closed': ofCase('A case is closed.'),
  'case.answered': ofCase('The first answer that was owed on a case is given.'),
  'case.message-written': ofCase('One of our people has written on a case.'),
  'case.warned': ofCase('The response clock of a case comes near its end.'),
  'case.overdue': ofCase('The response clock of a case is past its end.'),
  'case.waits': ofCase('The clock of a case stands still: it waits for the customer.'),
  'case.waits-no-more': ofCase('The clock of a case runs again.'),
  'case.owner-set': ofCase('A case has another owner, or none.'),
  'case.kind-set': ofCase('A case is of another kind.'),
  'case.severity-changed': ofCase('A case has another severity.'),
  'case.severity-proposed': ofCase('A lower severity is proposed to the customer.'),
  'case.proposal-ended': ofCase('A proposed severity is agreed to, refused or withdrawn.'),
  'case.escalated': ofCase('A case is escalated.'),
  'case.plan-given': ofCase('There is a plan for an escalated case.'),
  'case.out-of-scope': ofCase('The customer is told that support does not cover it.'),
  'case.solution-proposed': ofCase('The customer is asked whether the case is solved.'),
  'case.satisfaction-given': ofCase('The customer has said how satisfied they are.', 'letter'),
  'case.merged': ofCase('A case is put into another one.'),
  'case.unmerged': ofCase('A case is taken out of another one again.'),
  'case.split': ofCase('Some mails of a case become a case of their own.', 'letter'),
  'template.changed': alone('The words of a letter are others.'),
  'language.added': alone('Letters can be written in another language.'),
  'language.removed': alone('Letters are not written in a language any more.'),
  'mail.held': ofMail('A mail waits for a person.', 'outcome'),
  'mail.held-again': ofMail('A refusal is taken back: the mail waits again.'),
  'mail.released': ofMail('A held mail is let in.'),
  'mail.renewed': ofMail('A mail of a lapsed customer is decided again: the contract is renewed.'),
  'mail.replayed': ofMail('A mail is decided again.'),
  'mail.answered': ofMail('A mail is answered by one of our people.', 'letter'),
  'mail.refused': ofMail('A held mail is refused.', 'question'),
  'mail.settled': ofMail('What a mail waited for has come.', 'case', 'letter'),
  'care.started': ofMail('Client care owes an answer to a mail.'),
  'care.answered': ofMail('Client care owes no answer to a mail any more.'),
  'letter.released': ofLetter('A letter that waited goes out.'),
  'letter.suppressed': ofLetter('A letter that waited does not go out.'),
  'letter.sent-again': ofLetter('A letter goes out again.'),
  'letter.returned': ofLetter('A letter came back.'),
  'sender.asked': ofMail('A site is asked about somebody who is not on record.', 'site', 'case', 'question'),
  'sender.answered': ofMail('A question about a sender is answered.', 'question'),
  'sender.admitted': ofMail('Somebody who is not on record may write on a case.', 'case'),
  'sender.blocked': ofMail('A sender or a domain hears nothing from us any more.'),
  'sender.unblocked': ofMail('A sender or a domain is not blocked any more.'),
  'contact.added': ofContact('Somebody is on record for a site.'),
  'contact.changed': ofContact('Something on record of a contact is another: role, privileges, details, letters.'),
  'contact.removed': ofContact('Somebody is not on record for a site any more.'),
  'contact.erased': alone('A person is erased.', 'mail'),
  'contact.doubtful': ofContact('Letters to a contact come back.'),
  'contact.unreachable': ofContact('Letters to a contact cannot be delivered.'),
  'contacts.confirmed': ofSite('A site has confirmed its contacts.'),
  'contacts.attested': ofSite('A site has said who may open cases.'),
  'access.requested': ofMail('Somebody asks for access to a site.', 'request'),
  'access.changed': ofMail('A request for access has gone on a step.', 'request'),
  'site.changed': ofSite('A site of the registry is otherwise.'),
  'site.upgrade-requested': ofSite('A site wants another plan.', 'contact'),
  'licence.registered': ofSite('A licence has come to its customer.', 'contact'),
  'products.changed': alone('The products of the registry are otherwise.'),
  'pin.issued': ofSite('A site has a new support PIN.'),
  'privileged-pin.issued': ofCase('A privileged PIN is issued.', 'site', 'contact'),
  'privileged-pin.used': ofCase('A privileged PIN is used.', 'site', 'contact'),
  'privileged-pin.refused': ofCase('A privileged PIN was tried and not taken.', 'site', 'contact'),
  'privileged-pin.revoked': ofCase('A privileged PIN is revoked.', 'site', 'contact'),
  'code.asked': ofMail('Somebody is asked to confirm by a one-time code.', 'contact', 'letter'),
  'code.used': ofMail('A one-time code is used.', 'letter'),
  'code.wrong': ofMail('A wrong one-time code was sent.', 'letter'),
  'renewal.sent': ofSite('A letter about a renewal goes out.', 'contact', 'renewal'),
  'renewal.missed': ofSite('A letter about a renewal has nobody to go to.', 'renewal'),
  'renewal.changed': ofSite('A renewal is held, released, skipped, edited or quoted.', 'renewal'),
  'renewal.answered': ofSite('A customer has answered a letter about a renewal.', 'renewal'),
  'schedule.started': alone('Letters on a schedule are started.'),
  'schedule.stopped': alone('Letters on a schedule are stopped.'),
  'schedule.paused': alone('Letters about renewals are paused.'),
  'schedule.resumed': alone('Letters about renewals go on.'),
  'announcement.started': alone('An announcement goes out.', 'announcement'),
  'announcement.changed': alone('An announcement is paused, resumed, ended or cancelled.', 'announcement'),
  'staff.added': alone('Somebody is added to our people, or changed.'),
  'staff.removed': alone('Somebody is none of our people any more.'),
} as const satisfies Readonly<Record<string, TopicRow>>;
export type HookTopic = keyof typeof hookTopics;
export const topicNames = Object.keys(hookTopics) as [HookTopic, ...HookTopic[]];

/** Asked for by a person, to see that an endpoint takes what it is sent; no endpoint has to want it. */
export const testTopic = 'webhook.test';
/** Every topic, those to come among them. */
export const everyTopic = '*';

export const isTopic = (given: string): given is HookTopic => Object.hasOwn(hookTopics, given);
export const carriedBy = (topic: HookTopic): readonly HookField[] => hookTopics[topic].carries;
