/** Mails decided in this process, one after the other, from their bytes to the bytes of the letters: no queue, no server, nothing written. */
import { finishLetters } from '../../src/flows/letters/write-letters.ts';
import { mailId } from '../../src/foundation/ids.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { decide } from '../../src/intake/decide.ts';
import { questionOf } from '../../src/intake/facts.ts';
import { readMail } from '../../src/mail/read.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadFacts } from '../../src/store/intake/facts.ts';
import { letterDeps } from '../../test/support/letter-deps.ts';
import { remove, scratch } from '../../test/support/process.ts';
import { now } from './numbers.ts';
import { openDatabases } from './world.ts';

/** Signs the marks of letters and reads them again. */
export const key = 'k'.repeat(32);

/** An embedded PostgreSQL, filled by SQL. */
export async function openInProcess(name: string, fill: string) {
  const folder = scratch(name);
  const databases = await openDatabases(folder);
  const fresh = await databases.fresh();
  await databases.query(fresh.name, fill);
  const database = openDatabase(fresh.url, silentLog);
  const deps = letterDeps(database);
  const reading = {
    ...{ addresses: { support: 'support@desk.example', access: 'access@desk.example' }, lists: [] },
    ...{ authservId: 'mx.desk.example', keys: [key], spam: [] },
  } as unknown as Parameters<typeof readMail>[2];
  return {
    query: <T extends Record<string, unknown>>(text: string): Promise<T[]> => databases.query<T>(fresh.name, text),
    /** `took` in milliseconds. */
    async answer(raw: Buffer) {
      const began = now();
      const facts = await readMail(raw, { mailFrom: null, rcptTo: [] }, reading);
      const mail = { id: mailId('1'), arrivedAt: new Date().toISOString(), mustWait: false, facts };
      const [loaded] = await database.ask((db) => loadFacts(db, [questionOf(mail)], []));
      if (!loaded) throw new Error('no facts');
      const decision = decide(mail, loaded.facts, deps.policy, loaded.now);
      const letters = await finishLetters(
        decision.letters,
        decision.letters.map((_, i) => `${i + 1}`),
        { letterBuilder: deps.letterBuilder, policy: deps.policy, at: loaded.now, cause: 'bench', mail: '1' },
      );
      return { took: now() - began, decision, letters };
    },
    async close() {
      await database.close();
      await databases.close();
      remove(folder);
    },
  };
}

/** A verified mail, as the operator's mail server hands it on. */
export const mailFrom = (
  from: string,
  { to, subject, id, body, answers }: { to: string; subject: string; id: string; body: string; answers?: string },
): Buffer =>
  Buffer.from(
    [
      `Authentication-Results: mx.desk.example; dmarc=pass header.from=${from.split('@')[1]}`,
      `From: Somebody <${from}>`,
      `To: ${to}`,
      `Subject: ${subject}`,
      `Message-ID: <${id}@${from.split('@')[1]}>`,
      ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '',
    ].join('\r\n'),
  );
