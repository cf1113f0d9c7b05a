import type { Context } from '../context.ts';

/**
 * Why a sender who is not on record gets no answer (§3.r18): the operator's server has marked the mail as spam, or our staff
 * have blocked the address or its domain. Null for everybody else; a contact is always heard.
 */
export function unheard({ facts, mail }: Context): 'spam' | 'blocked' | null {
  if (facts.contacts.length > 0) return null;
  if (facts.blocked) return 'blocked';
  return mail.facts.markedSpam ? 'spam' : null;
}
