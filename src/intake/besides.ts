/** What of a mail that asks for something goes on its case: the text beside it, and whether it wakes the case as any reply does (POLICY §6.2). */
import { onReply, type ReplyEffect } from '../cases/lifecycle.ts';
import type { CaseNumber } from '../foundation/ids.ts';
import { judge, serves } from '../registry/entitlement.ts';
import { type Context, judgedAt } from './context.ts';
import type { CaseFacts, SiteFacts } from './facts.ts';

export type OnCase = { readonly case: CaseNumber; readonly adds: string | null; readonly reopens: boolean };

/** What a reply with own words in it does to its case (§6.2). */
export function effectOn(context: Context, on: CaseFacts, site: SiteFacts, onlyThanks: boolean): ReplyEffect {
  const contract = judge({ ...site, site: site.site }, judgedAt(context), on.product, context.policy);
  return onReply(
    {
      status: on.status,
      closedAt: on.closedAt,
      reopensToday: on.reopensToday,
      onlyThanks,
      machine: false,
      // What is about licences goes on without support.
      entitled: on.kind === 'licensing' || serves(contract, on.severity),
      arrivedAt: context.mail.arrivedAt,
    },
    context.policy,
  );
}

export function besidesOn(context: Context, on: CaseFacts, site: SiteFacts, rest: string): OnCase {
  if (rest === '') return { case: on.number, adds: null, reopens: false };
  const effect = effectOn(context, on, site, context.mail.facts.onlyThanks);
  return { case: on.number, adds: rest, reopens: effect === 'reopen' };
}
