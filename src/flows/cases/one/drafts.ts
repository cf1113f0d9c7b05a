/** Answers that are being written, kept on the server; and what came in since one was begun. */
import { messagesSince } from '../../../store/cases/one/conversation.ts';
import { draftOf, dropDraft, filesOfDraft, keepDraft, takeFileOff } from '../../../store/cases/one/drafts.ts';
import type { Database } from '../../../store/database.ts';

type Given<Ask extends (database: Database, given: never) => unknown> = Parameters<Ask>[1];

export const draftDesk = (database: Database) => ({
  draft: (of: Given<typeof draftOf>) => draftOf(database, of),
  keepDraft: (given: Given<typeof keepDraft>) => keepDraft(database, given),
  takeFileOff: (given: Given<typeof takeFileOff>) => takeFileOff(database, given),
  filesOfDraft: (of: Given<typeof filesOfDraft>) => filesOfDraft(database, of),
  dropDraft: (given: Given<typeof dropDraft>) => dropDraft(database, given),
  since: (given: Given<typeof messagesSince>) => messagesSince(database, given),
});
