/** Answers that are kept to be used again: listed, saved, and filled in for a case. */
import type { WorkedCase } from '../../../acts/cases/records.ts';
import { cannedFaults, dueThere, fillCanned } from '../../../cases/shown/canned-answers.ts';
import { actorOf, type By } from '../../../changes/by.ts';
import { type CannedAnswer, cannedAnswers, removeCanned, saveCanned } from '../../../store/cases/one/canned-answers.ts';
import type { Database } from '../../../store/database.ts';

type Saved = { readonly faults: readonly string[] };

function factsOf(on: WorkedCase, me: string, name: (address: string) => string) {
  const { number, title, contact, of, product, version, severity, due, owner, answeredAt } = on;
  return {
    case: number,
    title,
    contact: contact?.name ?? null,
    site: of.site.name,
    product: product && (version ? `${product} ${version}` : product),
    severity: `${severity}`,
    due: due === null || answeredAt !== null ? null : dueThere(due, of.site.timezone),
    owner: owner === null ? null : name(owner),
    me: name(me),
  };
}

export const cannedDesk = (database: Database, name: (address: string) => string) => ({
  canned: (): Promise<readonly CannedAnswer[]> => cannedAnswers(database),
  async saveCanned(
    given: { readonly id: string | null; readonly name: string; readonly text: string },
    by: By & { readonly staff: string },
  ): Promise<Saved> {
    const asked = { ...given, name: given.name.trim(), text: given.text.replaceAll('\u0000', '') };
    const faults = cannedFaults(asked);
    if (faults.length > 0) return { faults };
    const saved = await saveCanned(database, { ...asked, staff: by.staff }, actorOf(by));
    return {
      faults: saved ? [] : [`There is another answer with the name "${asked.name}", or this one is there no more.`],
    };
  },
  removeCanned: (id: string, by: By): Promise<boolean> => removeCanned(database, id, actorOf(by)),
  /** Null: there is none any more. */
  async filledCanned(id: string, on: WorkedCase, me: string): Promise<string | null> {
    const found = (await cannedAnswers(database)).find((one) => one.id === id);
    return found ? fillCanned(found.text, factsOf(on, me, name)) : null;
  },
});
