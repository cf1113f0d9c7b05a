/** "What if": a decided mail once more, with something about it changed. Nothing is written. */
import { sentenceOf } from '../../changes/change.ts';
import type { CaseNumber, SiteId } from '../../foundation/ids.ts';
import { contextOf } from '../../intake/context.ts';
import { decide } from '../../intake/decide.ts';
import { type Decision, opened, withNumber } from '../../intake/decision.ts';
import type { Facts, MailAtHand } from '../../intake/facts.ts';
import type { Policy } from '../../intake/policy.ts';
import { type ContractTried, withContract } from '../../registry/licences/contract-tried.ts';
import type { Role } from '../../registry/site.ts';
import { factsThen } from '../intake/facts-then.ts';
import { type MailAsDecided, mailAsDecided, type WhyDeps } from './mail-why.ts';
import { asContact } from './release-record.ts';

export type WhatIf = {
  /** In the place of whatever PIN stands in it. */
  readonly pin?: string;
  /** Its sender is on record at the site that it names. */
  readonly onRecordAs?: Role;
  readonly contract?: ContractTried;
  /** In the place of the present one. */
  readonly policy?: Policy;
};

export type DecidedSo = {
  readonly outcome: string;
  readonly rule: string;
  readonly reason: string;
  readonly severity: number | null;
  readonly due: string | null;
  readonly changes: readonly string[];
  readonly letters: readonly { readonly template: string; readonly to: string; readonly kept: string | null }[];
};
export type WhatIfTold =
  | { readonly kind: 'told'; readonly real: DecidedSo; readonly tried: DecidedSo; readonly recorded: string }
  /** Why nothing can be said, and what to do. */
  | { readonly kind: 'fault'; readonly says: string };

function inWords(decision: Decision): DecidedSo {
  const { outcome, rule, reason, changes, letters } = withNumber(decision, '(new)' as CaseNumber);
  const opens = opened(decision);
  return {
    ...{ outcome, rule, reason, severity: opens?.severity ?? null, due: opens?.due ?? null },
    changes: changes.map(sentenceOf),
    letters: letters.map(({ template, to, fate }) => ({ template, to, kept: fate.kind === 'send' ? null : fate.why })),
  };
}

const withPin = ({ mail }: MailAsDecided, pin: string): MailAtHand => ({
  ...mail,
  facts: { ...mail.facts, pins: [pin] },
});

/** The site that it is about: named, or that of the case it answers. */
function siteMeant(mail: MailAtHand, facts: Facts, policy: Policy, now: string): SiteId | null {
  const { named, thread } = contextOf(mail, facts, policy, now);
  return named.kind === 'site' ? named.site : (thread?.case.site ?? null);
}

const noSite =
  'It names no site, so nobody can be on record there and no contract can be another one: give the PIN of a site as well.';
const noSender = 'It has no single plain sender who could be on record.';

export async function whatIf(deps: WhyDeps, id: string, wish: WhatIf): Promise<WhatIfTold | null> {
  const found = await mailAsDecided(deps, id);
  if (found === null) return null;
  const { stored } = found;
  const now = stored.decidedAt;
  const policy = wish.policy ?? deps.policy;
  const mail = wish.pin === undefined ? found.mail : withPin(found, wish.pin);
  const asked =
    wish.pin === undefined ? [found] : await factsThen({ ...deps, desk: deps.policy.desk }, [{ stored, mail }]);
  let facts = asked[0]?.facts ?? found.facts;
  if (wish.onRecordAs !== undefined || wish.contract !== undefined) {
    const site = siteMeant(mail, facts, policy, now);
    const of = site === null ? undefined : facts.sites[site];
    if (site === null || of === undefined) return { kind: 'fault', says: noSite };
    const { from } = mail.facts;
    if (wish.onRecordAs !== undefined) {
      if (from.kind !== 'one') return { kind: 'fault', says: noSender };
      facts = asContact({ siteId: site, name: from.name, email: from.address, role: wish.onRecordAs })(facts);
    }
    if (wish.contract !== undefined) {
      const product = mail.facts.report.product ?? facts.products[0] ?? '';
      facts = { ...facts, sites: { ...facts.sites, [site]: withContract(of, wish.contract, product) } };
    }
  }
  return {
    kind: 'told',
    recorded: stored.outcome,
    real: inWords(decide(found.mail, found.facts, deps.policy, now)),
    tried: inWords(decide(mail, facts, policy, now)),
  };
}
