/** What one story has besides the world. */
import { sql } from 'kysely';
import type { ConfirmationFacts, PastLetter, Question } from '../../../src/intake/facts.ts';
import type { Tx } from '../../../src/store/database.ts';
import { cases, contacts, type LetterRow, letterRows, type Setting } from '../world.ts';
import { idOf, insert, letterRow, longAgo, mailRow, type Row } from './insert.ts';

/** What a letter of the last day asked: those about a question stand in the database with it. */
function asksOf(matter: string): LetterRow['asks'] | Row {
  const [, mail] = /^mail:(\d+)$/.exec(matter) ?? [];
  if (mail) return { kind: 'missing-pin', mail };
  const [, letter] = /^question:code:(\d+)$/.exec(matter) ?? [];
  return letter ? { kind: 'code', letter } : null;
}

const pastRow = (id: string, to: string, key: string, past: PastLetter): Row =>
  letterRow(id, {
    created_at: past.at,
    template: past.template,
    to_address: to,
    rate_key: key,
    follows_own: past.followsOwn,
    matter: past.matter,
    asks: asksOf(past.matter),
  });

const hoursBefore = (at: string, hours: number): string => new Date(Date.parse(at) - hours * 3_600_000).toISOString();

/** What is different from the usual in this story; `codes` are the questions with a code that it may be about. */
export async function loadStory(
  tx: Tx,
  given: {
    setting: Setting;
    question: Question;
    now: string;
    codes: readonly ConfirmationFacts[];
    quoted: string | undefined;
    staff: readonly string[];
  },
): Promise<void> {
  const { setting, question, now, codes, staff } = given;
  const sender = question.sender ?? 'nobody@rows.example';
  const rateKey = sender.replace(/\+[^@]*@/, '@');
  const strangers = [
    ...Array.from({ length: setting.strangersHour ?? 0 }, () => hoursBefore(now, 0.5)),
    ...Array.from({ length: (setting.strangersDay ?? 0) - (setting.strangersHour ?? 0) }, () => hoursBefore(now, 2)),
  ];
  await insert(tx, 'letters', [
    ...(setting.toSender ?? []).map((past, i) => pastRow(`${70_000 + i}`, sender, rateKey, past)),
    ...(setting.toStaff ?? []).map((past, i) => pastRow(`${71_000 + i}`, staff[0] ?? sender, 'staff', past)),
    ...strangers.map((at, i) =>
      letterRow(`${72_000 + i}`, { created_at: at, to_address: 'nobody@rows.example', stranger: true }),
    ),
  ]);
  await insert(
    tx,
    'mails',
    (setting.saidBefore ?? []).map(({ text, newText }, i) =>
      mailRow(`${70_000 + i}`, {
        arrived_at: hoursBefore(question.arrivedAt, 1 + i),
        from_address: sender,
        facts: { text, newText },
      }),
    ),
  );
  await lockAndBlock(tx, setting, question);
  await insert(
    tx,
    'case_events',
    cases.flatMap((one, i) =>
      Array.from({ length: one.reopensToday }, (_, n) => ({
        id: i * 100 + 50 + n,
        case_id: one.id,
        at: question.arrivedAt,
        kind: 'reopened',
        detail: {},
      })),
    ),
  );
  await insert(
    tx,
    'confirmation_codes',
    codes.map((one) => ({
      letter_id: one.letter,
      contact_id: one.asks.contact,
      hash: one.hash,
      made_at: longAgo,
      expires_at: one.expired ? hoursBefore(now, 1) : hoursBefore(now, -24),
      wrong: one.wrong,
      closed_at: one.closed && longAgo,
      closed_why: one.closed,
      closed_by: null,
    })),
  );
  await setAnswers(tx, question);
  await hideEarlier(tx, question);
  if (given.quoted !== undefined) await putQuoted(tx, question.letters[0], given.quoted);
}

/** What guessing and our own people have shut out. */
async function lockAndBlock(tx: Tx, setting: Setting, question: Question): Promise<void> {
  const { pinLock } = setting;
  const lock = (key: string, locked: boolean, silent: boolean): Row => ({
    key,
    locked_until: locked ? hoursBefore(question.arrivedAt, -1) : null,
    silent_until: silent ? hoursBefore(question.arrivedAt, -1) : null,
  });
  await insert(tx, 'pin_locks', [
    ...(pinLock?.locked || pinLock?.silent
      ? question.guesses.slice(0, 1).map((one) => lock(one, pinLock.locked, pinLock.silent))
      : []),
    ...(pinLock?.contact
      ? contacts
          .filter((one) => [one.email, ...one.aliases].some((address) => address === question.sender))
          .map((one) => lock(`contact:${one.id}`, true, false))
      : []),
  ]);
  await insert(
    tx,
    'blocked_senders',
    (setting.blocked ?? []).map((one, i) => ({
      id: i + 1,
      key: one,
      blocked_at: longAgo,
      blocked_by: 'somebody',
      lifted_at: null,
      lifted_by: null,
    })),
  );
}

/** The same question stands answered behind one letter and open behind another. */
async function setAnswers(tx: Tx, question: Question): Promise<void> {
  for (const row of letterRows) {
    if (!question.letters.includes(row.id)) continue;
    for (const { id, answer } of row.senders ?? []) {
      await sql`update sender_questions set answer = ${answer}, settled_at = ${answer && longAgo}::timestamptz,
        settled_by = ${answer && 'somebody'}::text where id = ${id}`.execute(tx);
    }
  }
}

/** What a sender has said before is the story's: mails that other stories are about were not theirs. */
async function hideEarlier(tx: Tx, question: Question): Promise<void> {
  if (!question.mayBeLoop) return;
  await sql`update mails set from_address = null where id < 70000
    and id not in (select (asks->>'mail')::bigint from letters where id = any(${[...question.letters]}::bigint[]))`.execute(
    tx,
  );
}

/** The letter that the mail answers: as text where it stands on a case, else in its bytes. */
async function putQuoted(tx: Tx, letter: string | undefined, text: string): Promise<void> {
  const raw = Buffer.from(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text.replaceAll('\n', '\r\n')}`);
  const on = idOf(letterRows.find((one) => one.id === letter)?.case ?? null);
  await sql`update letters set raw = ${raw} where id = ${letter}`.execute(tx);
  if (on === null) return;
  await sql`insert into case_messages (case_id, letter_id, direction, author, text, at)
    values (${on}, ${letter}, 'out', 'support', ${text}, ${longAgo})`.execute(tx);
}
