/** What a mail with a command or code adds to its case: the rest of its text, and whether that reopens the case as any reply does (POLICY §6.2). */
import { onReply, type ReplyEffect } from '../../cases/lifecycle.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import { judgeEntitlement, serves } from '../../registry/entitlement.ts';
import { type Context, judgedAt } from '../context.ts';
import type { CaseFacts, SiteFacts } from '../facts.ts';

export type CaseAddition = { readonly case: CaseNumber; readonly adds: string | null; readonly reopens: boolean };

/** What a reply that holds text of its own does to its case (§6.2). */
export function replyEffectOn(context: Context, on: CaseFacts, site: SiteFacts, onlyThanks: boolean): ReplyEffect {
  const contract = judgeEntitlement({ ...site, site: site.site }, judgedAt(context), on.product, context.policy);
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

export function additionTo(context: Context, on: CaseFacts, site: SiteFacts, rest: string): CaseAddition {
  if (rest === '') return { case: on.number, adds: null, reopens: false };
  const effect = replyEffectOn(context, on, site, context.mail.facts.onlyThanks);
  return { case: on.number, adds: rest, reopens: effect === 'reopen' };
}
