/** All that is held of a person (POLICY §11.5), for them to read: data, and mails and letters as they were sent. */

import { heldOfPerson, letterBytes, type PersonHeld } from '../../store/contacts/export-person.ts';
import type { Database } from '../../store/database.ts';
import { mailBytes } from '../../store/reports/reports.ts';

export type { PersonHeld };
export type ExportedPerson = PersonHeld & {
  /** One after the other, so that memory stays flat. Bytes that are sealed are shown without their secrets, or not at all. */
  files(): AsyncGenerator<{ readonly name: string; readonly bytes: Uint8Array }>;
};

export async function exportPerson({ database }: { readonly database: Database }, address: string) {
  const held = await heldOfPerson(database, address.toLowerCase());
  async function* files(): ReturnType<ExportedPerson['files']> {
    for (const { id } of held.mails) {
      const bytes = await mailBytes(database, id);
      if (bytes) yield { name: `mails/${id}.eml`, bytes };
    }
    for (const { id } of held.letters) {
      const bytes = await letterBytes(database, id);
      if (bytes) yield { name: `letters/${id}.eml`, bytes };
    }
  }
  return { ...held, files };
}

/** Whether anything is held at all. */
export const isHeldOf = (held: PersonHeld): boolean =>
  Object.values(held).some((one) => Array.isArray(one) && one.length > 0);

/** Null where nothing is held. */
export async function personHeld(deps: { readonly database: Database }, address: string): Promise<PersonHeld | null> {
  const held = await heldOfPerson(deps.database, address.toLowerCase());
  return isHeldOf(held) ? held : null;
}
