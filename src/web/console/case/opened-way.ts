/** A case that an act has opened, told beside what it did. */
import { setTimeout } from 'node:timers/promises';
import type { Change } from '../../../changes/change.ts';
import type { HeldDesk } from '../../../flows/mail/held-desk.ts';
import type { ActDeps } from '../acts/do.ts';

type Opened = NonNullable<ActDeps['opened']>;

/** A mail that was let in is decided behind the act, by a worker that has most often done so within a moment. */
const patienceMs = 1_500;
const everyMs = 75;

async function becameWay({ became }: Pick<HeldDesk, 'became'>, mail: string): Promise<Awaited<ReturnType<Opened>>> {
  const end = performance.now() + patienceMs;
  for (let found = await became(mail); ; found = await became(mail)) {
    // While it is decided there is no outcome; a case that it answers may be known before.
    const on = found?.outcome ? found.case : undefined;
    if (on) return { href: `/cases/${on}`, says: `Case ${on}` };
    if (on === null || performance.now() > end) return { href: `/mails/${mail}`, says: `What became of mail ${mail}` };
    await setTimeout(everyMs);
  }
}

export const caseWay =
  (held: Pick<HeldDesk, 'became'>, others: Opened): Opened =>
  async (made: readonly Change[]) => {
    const letIn = made.find((one) => one.kind === 'mail-released' || one.kind === 'mail-replayed');
    if (letIn) return becameWay(held, letIn.mail);
    const opened = made.find(
      (one) => one.kind === 'case-entered' || one.kind === 'call-added' || one.kind === 'case-split',
    );
    if (!opened) return others(made);
    const number = opened.kind === 'case-split' ? opened.to?.case : opened.case;
    return number === undefined ? null : { href: `/cases/${number}`, says: `Open case ${number}` };
  };
