import type { Database } from '../../src/store/database.ts';
import { insertLetters, reserveLetterIds } from '../../src/store/letters/letters.ts';

/** Letters as a decision leaves them, one to each address, ready to go out; their ids, in that order. */
export async function putLetters(database: Database, addresses: readonly string[], priority = 0): Promise<string[]> {
  const ids = await database.ask((db) => reserveLetterIds(db, addresses.length));
  const letters = addresses.map((to, i) => ({
    id: ids[i] as string,
    key: `test:${ids[i]}`,
    template: 'acknowledgement',
    priority,
    language: 'en',
    to,
    stranger: false,
    rateKey: to,
    followsOwn: false,
    matter: `case:${ids[i]}`,
    subject: 'x',
    messageId: `<pst.${ids[i]}@desk.example>`,
    envelopeFrom: '',
    raw: Buffer.from(`Subject: ${ids[i]}\r\n\r\nx\r\n`),
    text: 'x',
    caseId: null,
    causedBy: null,
    asks: null,
    state: 'queued' as const,
    stateReason: null,
    giveUpHours: 48,
  }));
  await database.transaction((tx) => insertLetters(tx, letters, 'test'));
  return [...ids];
}
