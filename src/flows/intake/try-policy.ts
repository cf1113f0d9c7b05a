/**
 * Stored mails decided twice on the same facts, by the present policy and by another one, so that whatever differs comes from the
 * policy (`postern policy try`). Writes nothing: hand in a database that cannot be written to.
 */
import { compare, type Difference } from '../../intake/compare.ts';
import { decide } from '../../intake/decide.ts';
import type { Policy } from '../../intake/policy.ts';
import { type DecidedMail, decidedMails } from '../../store/intake/historical-facts.ts';
import { factsThen, type MailThen, mailThen, type ThenDeps } from './facts-then.ts';

type TryDeps = ThenDeps & { readonly present: Policy; readonly other: Policy };

export type Tried = {
  readonly mail: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly case: string | null;
} & Difference;

type TriedPage = {
  readonly compared: number;
  readonly differs: readonly Tried[];
  /** By the present policy it is not decided as it was: what it was decided on has changed since, or a rule has. */
  readonly unlike: number;
  /** Nothing to read it by is kept, or its bytes are sealed and there is no key. */
  readonly unread: number;
};

const pageSize = 100;

async function tryPage(deps: TryDeps, page: readonly DecidedMail[]): Promise<TriedPage> {
  const { present, other, ...reading } = deps;
  const read: MailThen[] = [];
  for (const stored of page) {
    const mail = await mailThen(reading, stored);
    if (mail !== null) read.push({ stored, mail });
  }
  const differs: Tried[] = [];
  let unlike = 0;
  for (const { stored, mail, facts } of await factsThen({ ...reading, desk: present.desk }, read)) {
    const now = decide(mail, facts, present, stored.decidedAt);
    if (now.outcome !== stored.outcome) unlike += 1;
    const difference = compare(now, decide(mail, facts, other, stored.decidedAt));
    const { from, subject, arrivedAt, case: number } = stored;
    if (difference) differs.push({ mail: stored.id, from, subject, arrivedAt, case: number, ...difference });
  }
  return { compared: read.length, differs, unlike, unread: page.length - read.length };
}

/** In pages, oldest first, so that memory does not grow with the mails of `days` days. `from`: behind this id alone. */
export async function* tryPolicy(deps: TryDeps, days: number, from = '0'): AsyncGenerator<TriedPage> {
  for (let after = from; ; ) {
    const page = await decidedMails(deps.database, { days, after, most: pageSize });
    const last = page.at(-1);
    if (!last) return;
    yield await tryPage(deps, page);
    after = last.id;
  }
}
