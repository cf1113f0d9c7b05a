/** Letters of ours in the world, and the mails that were there before. */
import { sql } from 'kysely';
import type { Tx } from '../../../src/store/database.ts';
import { fingerprint } from '../../../src/store/intake/facts.ts';
import { letterFacts, letterRows, read, received } from '../world.ts';
import { idOf, insert, letterRow, longAgo, mailRow, senderOf } from './insert.ts';

/** Letters of ours with what they ask, and the mails that they ask about. */
export async function lettersOfWorld(tx: Tx): Promise<void> {
  const all = await Promise.all(letterRows.map(letterFacts));
  const asked = all.flatMap(({ original }) =>
    original
      ? [
          mailRow(original.id, {
            arrived_at: original.arrivedAt,
            from_address: senderOf(original.facts),
            facts: original.facts,
            case_id: idOf(original.case),
            outcome: original.outcome,
          }),
        ]
      : [],
  );
  const copied = await Promise.all(received.map(async (one) => ({ ...one, mail: await read(one.story) })));
  await insert(tx, 'mails', [
    ...asked,
    ...copied.map(({ id, mail, case: number }) =>
      mailRow(id, {
        arrived_at: mail.arrivedAt,
        message_id: mail.facts.messageId,
        content_hash: mail.facts.contentHash,
        from_address: senderOf(mail.facts),
        facts: mail.facts,
        case_id: idOf(number),
      }),
    ),
  ]);
  await insert(
    tx,
    'content_first_seen',
    copied.map(({ id, mail }) => ({
      fingerprint: fingerprint({ ...mail.facts, sender: senderOf(mail.facts) }),
      mail_id: id,
      arrived_at: mail.arrivedAt,
    })),
  );
  const senders = all.flatMap((one) => one.senders ?? []);
  await insert(
    tx,
    'sender_questions',
    [...new Map(senders.toReversed().map((one) => [one.id, one])).values()].map((one) => ({
      id: one.id,
      site_id: one.site,
      case_id: idOf(one.case),
      address: one.address,
      name: '',
      title: '',
      arrived_at: longAgo,
      asked_at: longAgo,
      answer: one.answer,
      settled_at: one.answer && longAgo,
      settled_by: one.answer && 'somebody',
    })),
  );
  for (const one of senders) {
    if (one.case === null || one.caseContact === null) continue;
    await sql`update cases set contact_id = ${one.caseContact} where id = ${idOf(one.case)}`.execute(tx);
  }
  await insert(
    tx,
    'letters',
    all.map((one) =>
      letterRow(one.id, {
        template: one.template,
        to_address: one.to,
        message_id: one.messageId,
        sealed: one.sealed ?? false,
        case_id: idOf(one.case),
        asks: one.asks,
        settled_at: one.settled ? longAgo : null,
        state: one.state,
      }),
    ),
  );
  await insert(
    tx,
    'satisfaction_answers',
    all.flatMap((one) =>
      (one.satisfaction?.answers ?? []).map(({ score, at }, i) => ({
        id: Number(one.id) * 10 + i,
        case_id: idOf(one.case),
        letter_id: one.id,
        mail_id: null,
        score,
        at,
      })),
    ),
  );
}
