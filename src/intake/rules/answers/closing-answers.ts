/** §3.r5 for what is asked before and after the close (POLICY §6.1): whether it is solved, and how it was. */
import { giveSatisfaction } from '../../../acts/cases/closing/give-satisfaction.ts';
import type { By } from '../../../changes/by.ts';
import { onlyThanks, saysSolved, withoutWriter } from '../../../mail/answers/only-thanks.ts';
import { readScore } from '../../../mail/answers/score.ts';
import type { MailFacts } from '../../../mail/parsed-mail.ts';
import { besideAct } from '../../cases/case-changes.ts';
import { writerOn } from '../../cases/may-write.ts';
import { mayAsk, runCommand } from '../../commands/run-command.ts';
import { type Context, evidenceOf, siteOf } from '../../context.ts';
import type { CaseFacts, LetterFacts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { replyFromOurs } from '../cases/reply.ts';

/** Whom the letter went to, as they stand on record now: nobody else answers for them. */
function asked(context: Context, on: CaseFacts, { to }: LetterFacts) {
  const { facts, sender, policy } = context;
  const site = siteOf(facts, on.site);
  if (sender === null || site === null) return null;
  const { contact, admitted } = writerOn(facts, sender, on, policy);
  const theirs = contact ? [contact.email, ...contact.aliases] : [sender];
  return admitted && theirs.includes(to) ? { site, contact } : null;
}

/** Without the name below it. */
const saidBy = ({ newText, from }: MailFacts): string => withoutWriter(newText, from.kind === 'one' ? from.name : '');

/** A proposed solution is confirmed: the case is closed as by `CLOSE`. Words that say more are a reply, and it goes on. */
export const solutionConfirmed: Rule = (context) => {
  const { answered, thread, mail, policy } = context;
  const on = thread?.case;
  const asks = answered?.asks;
  if (!answered || asks?.kind !== 'solved' || on?.number !== asks.case || !on.proposed) return null;
  const { newText, nothingOwn } = mail.facts;
  if (nothingOwn || !saysSolved(saidBy(mail.facts), { yesCounts: asks.yesCounts })) return null;
  const who = asked(context, on, answered);
  if (!who?.contact || !mayAsk('CLOSE', who.contact, policy)) return null;
  const { site, contact } = who;
  const done = runCommand(context, { name: 'CLOSE', argument: '', site, contact, case: on.number, solved: true });
  if (done.kind === 'refused') return null;
  return {
    outcome: 'answer-settled',
    rule: 'r5',
    reason: done.reason,
    evidence: evidenceOf(context, { site: site.site.number, contact: contact.id, role: contact.role, note: 'solved' }),
    changes: besideAct(context, on, contact.id, { adds: newText, reopens: false, acts: done.changes ?? [] }),
    letters: done.letters,
  };
};

/** How it was. A number that counts no more, and thanks beside it, wake nothing; with any other text it is a reply besides (§3.r9). */
export const satisfactionAnswered: Rule = (context) => {
  const { answered, thread, mail, policy } = context;
  const on = thread?.case;
  const { satisfaction = null, asks } = answered ?? {};
  if (!answered || satisfaction === null || asks?.kind !== 'satisfaction' || on?.number !== asks.case) return null;
  const read = mail.facts.nothingOwn ? null : readScore(saidBy(mail.facts));
  const who = read && asked(context, on, answered);
  if (!read || !who) return null;
  const { site, contact } = who;
  const by: By = contact ? { kind: 'contact', contact: contact.id, mail: mail.id } : { kind: 'mail', mail: mail.id };
  const { language } = site.site;
  const record = { ...satisfaction, letter: answered.id, case: on.number, id: on.id, language };
  const given = { by, now: mail.arrivedAt, desk: policy.desk, policy };
  const judged = giveSatisfaction.judge(
    { letter: answered.id, score: read.score },
    { cases: [], letters: [], satisfaction: record },
    given,
  );
  const changes = judged.kind === 'done' ? judged.changes : [];
  const says = judged.kind === 'done' ? `Case ${on.number} was found ${read.score} of 5.` : judged.says;
  // A name or closing words below it are none.
  const reply = onlyThanks(`ok\n${read.rest}`) ? null : replyFromOurs(context);
  if (reply) return { ...reply, reason: `${says} ${reply.reason}`, changes: [...reply.changes, ...changes] };
  return {
    outcome: 'answer-settled',
    rule: 'r5',
    reason: says,
    evidence: evidenceOf(context, {
      site: site.site.number,
      contact: contact?.id ?? null,
      role: contact?.role ?? null,
    }),
    changes: [...besideAct(context, on, contact?.id ?? null, { adds: mail.facts.newText, reopens: false }), ...changes],
    letters: [],
  };
};
