/** Letters about letters that can be ended (POLICY §7 `UNSUBSCRIBE`, §10.6), with their values as data. */
import type { ContactId } from '../../foundation/ids.ts';
import type { FixedKind, OptionalKind } from '../../notices/kinds.ts';

/** What came of the wish. `which`: no kind was named; `stays`: what was named cannot be ended. */
export const subscriptionResults = [
  ...(['ended', 'begun', 'was-ended', 'was-begun', 'which', 'may-not', 'stays'] as const),
] as const;
export type SubscriptionResult = (typeof subscriptionResults)[number];

type Subscriptions = {
  readonly result: SubscriptionResult;
  readonly wanted: boolean;
  readonly kinds: readonly OptionalKind[];
  readonly fixed: readonly FixedKind[];
  /** Every kind as it stands now: where it goes, nowhere, or that their privileges do not open it. */
  readonly lines: readonly { readonly kind: OptionalKind; readonly to: readonly string[]; readonly may: boolean }[];
  /**
   * The page on which it can be changed; `preferencesToCome` in it stands for its token, which is of this contact and kind. Null
   * for an address that is on record no more: whoever has it now is shown nothing of theirs but what goes there.
   */
  readonly link: string | null;
  readonly page: { readonly contact: ContactId; readonly kind: OptionalKind } | null;
};
export type SubscriptionLetter = { readonly template: 'subscriptions'; readonly values: Subscriptions };

/** It holds a NUL, which no link does. */
export const preferencesToCome = '\u0000preferences';

/** A letter that can be ended by its answer, or asks which kind is meant (null). */
export type SubscriptionAsks = {
  readonly kind: 'subscription';
  readonly name: OptionalKind | null;
  readonly wanted: boolean;
};
