import { besideNotices, teamsBeside } from '../../letters/team-letters.ts';
import type { Rule } from '../../rule.ts';
import { writtenTo } from '../../written-to.ts';
import { newForSite } from '../cases/new-for-site.ts';

/**
 * §3, for r11 to r13a: support beside another address of ours, with a good PIN from a contact: the case, and the other team is told.
 * Where it opens none, the mail is the other team's.
 */
export const besideSupport: Rule = (context) => {
  const to = writtenTo(context);
  // People answer the last mail that they have from us, also with a problem: with a PIN in it, to support, it is one.
  const asks = context.answered?.asks;
  const renewal = asks?.kind === 'renewal' && to.has('support') && !to.has('renewals') ? asks.step : undefined;
  const told = renewal === undefined ? to : new Set([...to, 'renewals' as const]);
  if (teamsBeside(told).length === 0) return null;
  const decision = newForSite(context);
  if (decision?.outcome !== 'case-opened') return null;
  return {
    ...decision,
    reason:
      renewal === undefined
        ? `${decision.reason} It is written to other addresses of ours as well; who reads them is told.`
        : `${decision.reason} It answers a letter about a renewal; the renewal team is told.`,
    letters: [...decision.letters, ...besideNotices(context, told, undefined, renewal)],
  };
};
