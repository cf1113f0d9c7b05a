/** r9, r10, r14, r15: replies to cases, and new ones. */
import { writerOn } from '../cases/may-write.ts';
import { type Context, siteOf } from '../context.ts';
import { letIn } from '../facts.ts';
import { linkedCase } from '../rules/cases/linked-case.ts';
import { newForSite } from '../rules/cases/new-for-site.ts';
import { released } from '../rules/cases/released.ts';
import { replyFromOurs, replyFromStranger } from '../rules/cases/reply.ts';
import { firstOf, noContactThere, noSiteNamed, nothingKnown, type RuleInWords } from './lacking.ts';

const noReply = 'It is a reply to no case of ours.';

function notOfTheCase(context: Context): string {
  const { thread, facts, sender, policy } = context;
  if (thread === null) return noReply;
  const { number } = thread.case;
  if (sender === null || siteOf(facts, thread.case.site) === null) return `Nobody can be told by case ${number}.`;
  const { contact } = writerOn(facts, sender, thread.case, policy);
  return contact
    ? `It is a reply to case ${number}, in which its sender, a contact of the site, takes no part.`
    : `It is a reply to case ${number}, and its sender is neither a contact of the site nor takes part in it.`;
}

export const noNewCase = (context: Context): string => noSiteNamed(context) ?? noContactThere(context) ?? nothingKnown;

export const replyRules: readonly RuleInWords[] = [
  {
    rule: replyFromOurs,
    row: 'r9',
    about: 'A reply to a case, from somebody who may write on it',
    lacks: notOfTheCase,
  },
  {
    rule: linkedCase,
    row: 'r9',
    about: 'A new case that is linked to the one its subject names',
    lacks: ({ linked, named }) =>
      firstOf(
        [linked === null, 'Its subject names no case that a new one were to be linked to.'],
        [named.kind !== 'none', `Its subject names case ${linked?.number}, but with a PIN it is a case by that.`],
        [true, `Its subject names case ${linked?.number}, and its sender may not write on that.`],
      ),
  },
  { rule: replyFromStranger, row: 'r10', about: 'A reply to a case, from somebody else', lacks: () => noReply },
];

export const newCaseRules: readonly RuleInWords[] = [
  { rule: newForSite, row: 'r14', about: 'A new case: a good PIN from a contact of its site', lacks: noNewCase },
  {
    rule: released,
    row: 'r14',
    about: 'Held mail that a person has let in',
    lacks: (context) => (letIn(context.mail) ? (noSiteNamed(context) ?? nothingKnown) : 'No person has let it in.'),
  },
];
