import type { Migration } from 'kysely/migration';
import * as theHouse from './0001-the-house.ts';

/** Numbered and forward only: a migration that has run anywhere is never changed, a mistake is mended by the next one. */
export const migrations: Record<string, Migration> = {
  '0001-the-house': theHouse,
};
