/** What is wrong, as a person is told it: in words, with its cause, what is safe meanwhile, and one way out. */
import type { Stopped } from './look.ts';

export type Way =
  | { readonly kind: 'page'; readonly href: string; readonly says: string }
  /** The sentence of its preview stands above its button. */
  | { readonly kind: 'act'; readonly act: string; readonly input: object; readonly says: string }
  /** What is done outside of here. */
  | { readonly kind: 'words'; readonly says: string };

export type Trouble = {
  /** The same as long as it lasts. */
  readonly key: string;
  /** `now` needs a person now, `soon` will. */
  readonly level: 'now' | 'soon';
  readonly says: string;
  readonly because: string | null;
  readonly meanwhile: string;
  /** ISO 8601; null where that is not known. */
  readonly since: string | null;
  readonly way: Way;
  /** What can be done at once, besides. */
  readonly also?: Way;
  /** Words of `says` that lead to what they name. */
  readonly link?: { readonly words: string; readonly href: string };
};

export const page = (href: string, says: string): Way => ({ kind: 'page', href, says });
export const words = (says: string): Way => ({ kind: 'words', says });
export const act = (name: string, input: object, says: string): Way => ({ kind: 'act', act: name, input, says });

/** `Paused by console for kim@desk.example: test of the new server` */
export const stoppedBy = ({ by, reason }: Stopped): string =>
  `By ${by}${reason ? `: ${reason}` : ', without a reason'}.`;

/** A sentence of what somebody else said. */
export const sentence = (said: string): string => {
  const text = said.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
