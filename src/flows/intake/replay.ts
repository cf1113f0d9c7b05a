/** Decides a stored mail once more, by the policy and the registry of today and its own time of arrival (POLICY §2). */

import type { MailRecord, Trial } from '../../acts/mail/records.ts';
import { replayMail as act } from '../../acts/mail/replay-mail.ts';
import type { By } from '../../changes/by.ts';
import type { LoadedRecords } from '../acts/commit.ts';
import { loadAll, perform } from '../acts/perform.ts';
import { settledMail } from '../mail/settled.ts';
import type { IntakeDeps } from './process-intake.ts';

export type Replayed =
  | {
      readonly id: string;
      readonly before: string | null;
      readonly after: string;
      readonly changed: boolean;
      readonly why: string;
      /** Where it changes: the letters, by template and kind of reader, what becomes otherwise, and the case. */
      readonly letters?: readonly string[];
      readonly changes?: readonly string[];
      readonly opens?: { readonly severity: number; readonly due: string } | null;
    }
  | { readonly id: string; readonly notFound: true };

function whySame(mail: MailRecord, replay: Trial | null | undefined): string {
  if (mail.case) return `it is on case ${mail.case}`;
  if (!mail.kept) return 'its bytes are not kept any more';
  return replay ? replay.reason : 'it is waiting to be decided';
}

/** A mail that has its case changes nothing; one whose outcome stays the same neither. `dryRun` writes nothing at all. */
export async function replayStoredMail(
  deps: IntakeDeps,
  id: string,
  options: { dryRun: boolean; by: By },
): Promise<Replayed> {
  const { dryRun, by } = options;
  if (!act.input.safeParse({ mail: id }).success) return { id, notFound: true };
  const doing = { ...deps, intake: () => deps };
  let seen: LoadedRecords | undefined;
  const load = async (needs: Parameters<typeof loadAll>[1]) => (seen ??= await loadAll(doing, needs));
  const outcome = await perform(doing, { act: 'replay-mail', input: { mail: id }, by, preview: dryRun, load });
  const mail = seen?.mails?.[0];
  if (!mail) return { id, notFound: true };
  const { replay } = seen ?? {};
  const before = mail.outcome;
  const same = { id, before, after: replay?.outcome ?? before ?? 'new', changed: false };
  if (outcome.kind === 'refused') return { ...same, after: before ?? 'new', why: outcome.says };
  const followed = outcome.kind === 'done' ? outcome.done : outcome.preview;
  if (!replay || followed.changes.length === 0) return { ...same, why: whySame(mail, replay) };
  const { letters, changes, opens } = replay;
  const told = { id, before, changed: true, letters, changes, opens };
  if (outcome.kind !== 'done') return { ...told, after: replay.outcome, why: replay.reason };
  const { after, reason } = await settledMail(deps.database, id, outcome.made);
  return { ...told, after, why: reason };
}
