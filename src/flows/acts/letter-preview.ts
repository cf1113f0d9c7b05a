/** The letters of an act as they would leave, word for word: judged on what stands now, and written nowhere. */
import { type Given, type Needs, refused } from '../../acts/act.ts';
import { actorOf, type By } from '../../changes/by.ts';
import { shownLetter } from '../../outbound/shown-letter.ts';
import type { ActDeps, LoadedRecords } from './commit.ts';
import { lettersOfAct } from './letters.ts';

export type LetterAhead = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly string[];
};
export type LettersAhead =
  | { readonly kind: 'letters'; readonly letters: readonly LetterAhead[] }
  | { readonly kind: 'refused'; readonly says: string };

export async function lettersAhead(
  deps: ActDeps,
  { act: name, input, by }: { readonly act: string; readonly input: unknown; readonly by: By },
  load: (needs: Needs) => Promise<LoadedRecords>,
): Promise<LettersAhead> {
  const act = deps.acts.find((one) => one.name === name);
  if (!act) return refused('not-found', `There is no act ${name}.`);
  const parsed = act.input.safeParse(input);
  if (!parsed.success) return refused('bad-input', parsed.error.issues.map(({ message }) => `${message}.`).join(' '));
  const records = await load(act.needs(parsed.data));
  const { now } = records;
  const given: Given = { by, now, desk: deps.policy.desk, policy: deps.policy };
  const judged = act.judge(parsed.data, records, given);
  if (judged.kind === 'refused') return judged;
  const cases = [...records.cases, ...(records.worked ?? [])];
  const { finished } = await lettersOfAct(deps, judged.letters, { actor: actorOf(by), now, cases, preview: true });
  // The parser of mails is for whoever looks at one.
  const { openMessage } = await import('../../mail/mime/open-message.ts');
  const letters: LetterAhead[] = [];
  for (const { to, subject, raw } of finished.rows) {
    if (!raw) continue;
    const bytes = Buffer.from(raw);
    const { text, html, attachments } = shownLetter(bytes, await openMessage(bytes), false);
    letters.push({ to, subject, text, html, attachments: attachments.map((one) => one.name ?? one.type) });
  }
  return { kind: 'letters', letters };
}
