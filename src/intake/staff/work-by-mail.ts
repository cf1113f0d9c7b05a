/** What our own people are told who have written to us without answering a notification of ours (POLICY §3.r6). */
import type { Context } from '../context.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

const exampleNumber = '100042';

/** Nothing to somebody who may only claim to be one of us, nor to what is not to be answered: there it stays as for everybody. */
export function workByMail(context: Context): PlannedLetter[] {
  const { mail, policy, sender, facts, thread, answered } = context;
  const { desk } = policy;
  const { grade, unanswerable, title } = mail.facts;
  const staff = desk.people.find(({ email }) => email === sender);
  if (!staff || grade !== 'verified' || unanswerable || facts.contacts.length > 0) return [];
  const number = answered?.case ?? thread?.case.number ?? null;
  const values = {
    ...{ title, case: number },
    assign: `npx postern case assign ${number ?? exampleNumber} ${staff.email}`,
    command: `npx postern mail show ${mail.id}`,
  };
  return [
    planned(
      context,
      { template: 'work-by-mail', values },
      {
        ...{ to: staff.email, audience: 'staff', language: desk.languages[0] ?? 'en' },
        ...{ matter: `work-by-mail:${staff.email}`, case: number },
      },
    ),
  ];
}
