/** Who of our people is told of what concerns the renewals of an account (POLICY §2.5, §3.r12, §10.4). */
import { deskTime } from '../../acts/cases/working/workers.ts';
import { toldOfRenewals } from '../../staff/representative.ts';
import type { Context } from '../context.ts';

/** What a notice may say of the account: its number, or the letter about a renewal that was answered. */
type About = { readonly site?: string | undefined; readonly renewal?: string | undefined };

/** The account that the letter was about, else the one that the notice names, else that of the writer. */
function representativeIn({ site, renewal }: About, { facts, answered }: Context): string | null | undefined {
  if (renewal !== undefined) return answered?.representative;
  const [contact] = facts.contacts;
  const all = Object.values(facts.sites);
  const found =
    site === undefined ? contact && facts.sites[contact.siteId] : all.find((one) => one.site.number === site);
  return found?.site.representative;
}

export function renewalsTold(about: object, context: Context): readonly string[] {
  const { policy, now } = context;
  const time = deskTime({ desk: policy.desk, policy });
  return toldOfRenewals(representativeIn(about as About, context), now, policy.desk, time);
}
