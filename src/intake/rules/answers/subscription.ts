import { firstLine } from '../../../mail/first-line.ts';
import { readCommand } from '../../commands/commands.ts';
import { runSubscription } from '../../commands/run-subscription.ts';
import { readKinds, type SubscriptionWish, wishFrom } from '../../commands/subscription-wish.ts';
import { type Context, evidenceOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';

/** What the mail wants of letters that can be ended, and whether it is the answer to a question of ours. */
function wished({ mail, answered }: Context): (SubscriptionWish & { readonly answers: boolean }) | null {
  const { facts } = mail;
  const asked = answered?.asks?.kind === 'subscription' ? answered.asks : null;
  const command = readCommand(facts);
  const name = command?.name;
  if (command && (name === 'UNSUBSCRIBE' || name === 'SUBSCRIBE')) {
    const said = wishFrom(name === 'SUBSCRIBE', command.argument);
    // The letter is of one kind, and needs no name.
    const bare = said.kinds.length + said.fixed.length === 0 && asked?.name;
    return { ...said, ...(bare && { kinds: [bare] }), answers: asked !== null };
  }
  // It was asked which kind: the name alone says it.
  if (!asked || asked.name !== null || command || facts.nothingOwn) return null;
  const named = readKinds(firstLine(facts.newText.slice(0, 2_000)), asked.wanted);
  return named && { ...named, answers: true };
}

/**
 * §3.r5, §3.r8: from an address on record, or from one of old that such letters still go to. In a mail about a case it is a command like any
 * other (`selfService`), for what stands besides goes on that case. Nobody needs a PIN or a code for it.
 */
export const subscription: Rule = (context) => {
  if (context.thread || context.sender === null || !context.facts.subscribers?.length) return null;
  const wish = wished(context);
  const done = wish && runSubscription(context, wish);
  if (!done) return null;
  const own = context.facts.subscribers.find((one) => context.facts.contacts.some(({ id }) => id === one.id));
  return {
    rule: wish.answers ? 'r5' : 'r8',
    outcome: done.kind === 'refused' ? 'command-refused' : wish.answers ? 'answer-settled' : 'command-done',
    reason: done.reason,
    evidence: evidenceOf(context, {
      ...(own && { site: own.siteNumber, contact: own.id, role: own.role }),
      note: wish.wanted ? 'SUBSCRIBE' : 'UNSUBSCRIBE',
    }),
    changes: done.changes ?? [],
    letters: done.letters,
  };
};
