/** The conversation of a case, a page by key: what was written, with what happened between. */
import { quotedRest } from '../../../mail/reply-text/quoted-rest.ts';
import {
  eventsBetween,
  type MessageKey,
  messagesBefore,
  type ShownEvent,
  type ShownMessage,
} from '../../../store/cases/one/conversation.ts';
import type { Database } from '../../../store/database.ts';

export type Message = ShownMessage & {
  /** What its writer has written anew; before what it quotes. */
  readonly own: string;
  /** What it quotes; empty where all of it is new. */
  readonly rest: string;
  /** So many of the same went out; a letter to several people is one. */
  readonly copies: readonly string[];
};
export type Item =
  | { readonly kind: 'message'; readonly at: string; readonly message: Message }
  | { readonly kind: 'event'; readonly at: string; readonly event: ShownEvent };

export type Conversation = {
  /** Oldest first. */
  readonly items: readonly Item[];
  /** Where the page before begins; null: this is the beginning. */
  readonly earlier: MessageKey | null;
};
export type ConversationAsked = { readonly caseId: string; readonly before: MessageKey | null; readonly limit: number };

/** What is shown beside the events, by the messages themselves. */
const untold: readonly string[] = ['updated', 'owner-told'];

function shown(message: ShownMessage): Message {
  const { mail, text } = message;
  const plain = { ...message, own: text, rest: '', copies: message.letter?.to ?? [] };
  if (mail === null) return plain;
  // A first mail stands whole on its case.
  const whole = mail.whole ?? text;
  const newText = mail.newText ?? '';
  if (mail.nothingOwn || newText.trim() === '' || text === '') return plain;
  return { ...plain, own: newText, rest: quotedRest(whole, newText) };
}

const minuteOf = (at: string): number => Math.floor(Date.parse(at) / 60_000);

/** A letter that a machine wrote to several people is one. */
function withoutCopies(messages: readonly Message[]): Message[] {
  const kept: Message[] = [];
  for (const message of messages) {
    const at = kept.findIndex(
      (one) =>
        one.automatic &&
        message.automatic &&
        one.letter !== null &&
        message.letter !== null &&
        one.text === message.text &&
        minuteOf(one.at) === minuteOf(message.at),
    );
    const same = kept[at];
    if (same) kept[at] = { ...same, copies: [...same.copies, ...message.copies] };
    else kept.push(message);
  }
  return kept;
}

export async function conversation(
  database: Database,
  { caseId, before, limit }: ConversationAsked,
): Promise<Conversation> {
  const newest = await messagesBefore(database, { caseId, before, limit: limit + 1 });
  const page = newest.slice(0, limit);
  const first = page.at(-1);
  const more = newest.length > limit;
  const events = await eventsBetween(database, {
    caseId,
    from: more && first ? first.at : null,
    to: before?.at ?? null,
  });
  const told = events.filter(({ kind }) => !untold.includes(kind));
  const items: Item[] = [
    ...withoutCopies(page.toReversed().map(shown)).map(
      (message): Item => ({ kind: 'message', at: message.at, message }),
    ),
    ...told.map((event): Item => ({ kind: 'event', at: event.at, event })),
  ];
  return {
    items: items.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    earlier: more && first ? { at: first.at, id: first.id } : null,
  };
}
