/** What acts on PINs see of rows. */
import type { PinNeeds, PinRecords } from '../acts/pins/records.ts';
import type { Database } from './database.ts';
import { pinOfSite } from './pins/pins.ts';
import { subjectOf } from './pins/privileged-pins.ts';

export const pinRecords = async (database: Database, { site, privilegedSubject }: PinNeeds): Promise<PinRecords> => ({
  ...(site !== undefined && { site: await database.ask((db) => pinOfSite(db, site)) }),
  ...(privilegedSubject && {
    privilegedSubject: await database.ask((db) => subjectOf(db, privilegedSubject)),
  }),
});
