/** Templates in words: languages, what counts, and the addresses of their pages. */
import type { ListedTemplate } from '../../../flows/templates/template-pages.ts';
import type { Tone } from '../frame/parts.ts';

const names = new Intl.DisplayNames(['en'], { type: 'language' });
export const languageWords = (language: string): string => {
  const name = names.of(language);
  return name === undefined || name === language ? language : `${name} (${language})`;
};

/** `opened-summary` as people read it. */
export const letterWords = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

export const from = {
  shipped: { says: 'shipped' },
  changed: { says: 'changed here', tone: 'good' },
  unused: { says: 'does not check: the shipped one is used', tone: 'bad' },
  none: { says: 'in English' },
} as const satisfies Readonly<Record<ListedTemplate['from'], { readonly says: string; readonly tone?: Tone }>>;

export const pathOf = ({ language, name }: { readonly language: string; readonly name: string }): string =>
  `/templates/${language}/${name}`;

export const versionWords = (version: string): string =>
  version === 'shipped' ? 'the shipped one' : version === 'now' ? 'what counts' : `version ${version}`;

export const many = (count: number, one: string): string =>
  `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`;
