/** The changes of templates of letters: what counts from now on, and in which languages. */
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type OfTemplate = {
  readonly language: string;
  readonly name: string;
  readonly why: string;
  /** The newest row that was there; null: none. */
  readonly seen: string | null;
  /** The version that counted: its number, or `shipped`. */
  readonly from: string;
  readonly at: string;
  readonly by: By;
};
export type TemplatePut = OfTemplate & {
  readonly kind: 'template-put';
  readonly subject: string | null;
  readonly body: string;
  readonly shippedHash: string | null;
  /** Letters of its kind that were written again by it. */
  readonly tried: number;
  /** Lines other than in the shipped one; null: there is none, or it is a version of before. */
  readonly differs: number | null;
  /** The version of before that counts again. */
  readonly again?: string;
};
export type TemplateRestored = OfTemplate & { readonly kind: 'template-restored'; readonly fallsBackTo: string };
type OfLanguage = {
  readonly language: string;
  /** In English. */
  readonly called: string;
  readonly at: string;
  readonly by: By;
};
export type LanguageAdded = OfLanguage & { readonly kind: 'language-added' };
export type LanguageRemoved = OfLanguage & { readonly kind: 'language-removed' };
export type TemplateChange = TemplatePut | TemplateRestored | LanguageAdded | LanguageRemoved;

const common = { event: none('a template belongs to no case'), batched: false } as const;
const called = ({ name, language }: OfTemplate): string => `“${name}” in ${language}`;
const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function triedSays({ tried }: TemplatePut): string {
  if (tried === 0) return 'It was checked on examples; no letter of its kind was written of late.';
  return `It was checked on examples and on the last ${tried === 1 ? 'letter' : many(tried, 'letter')} of its kind.`;
}

export const templateChanges = {
  'template-put': {
    ...common,
    audit: ({ language, name, why, tried, differs, again, from }) => ({
      action: again === undefined ? 'template-changed' : 'template-restored',
      subjectKind: 'template',
      subjectId: `${language}/${name}`,
      detail: {
        why,
        from,
        tried,
        ...(differs === null ? {} : { differs }),
        ...(again === undefined ? {} : { to: again }),
      },
    }),
    says: (change) => {
      const { again, differs } = change;
      const what = again === undefined ? 'The template' : `Version ${again} of the template`;
      const beside =
        differs === null ? '' : ` ${many(differs, 'line')} ${differs === 1 ? 'is' : 'are'} other than shipped.`;
      return `${what} ${called(change)} counts for every letter written from now on.${beside} ${triedSays(change)}`;
    },
    topic: 'template.changed',
  },
  'template-restored': {
    ...common,
    audit: ({ language, name, why, from }) => ({
      action: 'template-restored',
      subjectKind: 'template',
      subjectId: `${language}/${name}`,
      detail: { why, from, to: 'shipped' },
    }),
    says: (change) =>
      change.fallsBackTo === change.language
        ? `The shipped template ${called(change)} counts again for every letter written from now on.`
        : `There is no template ${called(change)} any more: that letter is written in English.`,
    topic: 'template.changed',
  },
  'language-added': {
    ...common,
    audit: ({ language }) => ({ action: 'language-added', subjectKind: 'language', subjectId: language }),
    says: ({ language, called: name }) =>
      `Letters can be written in ${name} (${language}). Until it has a template of its own, each letter to a site with this language is in English.`,
    topic: 'language.added',
  },
  'language-removed': {
    ...common,
    audit: ({ language }) => ({ action: 'language-removed', subjectKind: 'language', subjectId: language }),
    says: ({ language, called: name }) => `${name} (${language}) is no language of letters any more.`,
    topic: 'language.removed',
  },
} as const satisfies { [kind in TemplateChange['kind']]: ChangeRow<Extract<TemplateChange, { kind: kind }>> };
