/** A question of ours that a mail answers, and whom it went to. */
import type { Contact } from '../../registry/site.ts';
import type { ConfirmationFacts, LetterFacts, SenderFacts, SiteFacts } from '../facts.ts';

export type AskedQuestion = { readonly contact: Contact; readonly site: SiteFacts };
type Held = NonNullable<LetterFacts['original']>;

export type OpenQuestion = AskedQuestion &
  (
    | { readonly asked: 'missing-pin'; readonly letter: LetterFacts; readonly original: Held }
    | { readonly asked: 'code'; readonly letter: LetterFacts; readonly confirmation: ConfirmationFacts }
    | { readonly asked: 'contacts'; readonly letter: LetterFacts }
    | { readonly asked: 'senders'; readonly letter: LetterFacts; readonly open: readonly SenderFacts[] }
  );
