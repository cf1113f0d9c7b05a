/** Somebody on record as acts that tell them something see them: by the question that a mail of theirs would ask. */
import type { OwnNeeds, OwnRecords } from '../../acts/self-service/records.ts';
import { ownRecord } from '../../intake/commands/run-command.ts';
import { questionAbout } from '../../intake/facts.ts';
import type { Policy } from '../../intake/policy.ts';
import { contactAtSite } from '../../registry/recognise.ts';
import type { Database } from '../../store/database.ts';
import { loadFacts } from '../../store/intake/facts.ts';

export async function ownRecords(
  { database, policy }: { readonly database: Database; readonly policy: Policy },
  { own: asked }: OwnNeeds,
): Promise<OwnRecords> {
  if (!asked) return {};
  const sender = asked.contact.toLowerCase();
  const cases = asked.case === undefined ? [] : [asked.case];
  const question = questionAbout({ arrivedAt: new Date().toISOString(), sender, command: asked.command, cases });
  const [loaded] = await database.ask((db) => loadFacts(db, [question], []));
  if (!loaded) return { own: null };
  const { facts } = loaded;
  const site = Object.values(facts.sites).find((one) => one.site.number === asked.site);
  const found = site && contactAtSite(facts.contacts, sender, site.site.id);
  return { own: found ? ownRecord({ facts, policy }, { site, contact: found.contact }, sender) : null };
}
