/** Implements the letter builder with templates, settings and keys: takes planned letters, returns finished bytes. */
import type { LetterBuilder } from '../flows/letters/letter-builder.ts';
import { domainOf } from '../mail/address/address.ts';
import {
  casePageTokenFor,
  decisionCodeFor,
  decisionTokenFor,
  letterMark,
  messageIdFor,
  pageTokenFor,
  preferencesTokenFor,
  returnPathFor,
  tokenMessageIdFor,
} from '../mail/subject/thread-token.ts';
import { composeLetter } from '../outbound/compose.ts';
import {
  type Addressed,
  casePageToCome,
  type Letter,
  type LetterAttachment,
  letterTemplates,
  satisfactionToCome,
} from '../outbound/letter.ts';
import { asksByToken, decisionToCome } from '../outbound/letters/access.ts';
import { type AnnouncementLetter, goesToMany } from '../outbound/letters/announcements.ts';
import { preferencesToCome } from '../outbound/letters/subscriptions.ts';
import { renderLetter, type Templates } from '../outbound/rendering/render.ts';
import { type DkimKey, signLetter } from '../outbound/sign.ts';

/** What follows goes where the first mail went, and not to support. */
function replyToOf(letter: Letter): string | null {
  if (letter.template === 'security-receipt') return letter.values.security;
  if (letter.template === 'renewal-notice' || letter.template === 'renewal-settled') return letter.values.renewals;
  return letter.template === 'care-receipt' ? letter.values.care : null;
}

/** Few letters have one: what writes it is loaded with the first. */
async function attachmentsOf(
  { attachments = [], calendar }: Addressed,
  given: { readonly title: string; readonly domain: string; readonly at: string },
): Promise<readonly LetterAttachment[]> {
  if (!calendar) return attachments;
  const { calendarFile } = await import('../outbound/calendar-entry.ts');
  return [...attachments, calendarFile(calendar, given)];
}

const isToMany = (letter: Letter): letter is AnnouncementLetter => goesToMany(letter.template);

const masked = '••••••••';

type WithPage<T> = { readonly letter: T; readonly secrets: readonly string[] };

/** With the link to the page of this letter, where it has one; and what of that is a secret (POLICY §8.7). */
function withPage<T extends Letter>(letter: T, id: string, key: string): WithPage<T> {
  if (letter.template === 'acknowledgement' || letter.template === 'command-status') {
    const link = letter.values.link.replace(casePageToCome, casePageTokenFor(id, key));
    return { letter: { ...letter, values: { ...letter.values, link } }, secrets: [] };
  }
  if (letter.template === 'case-closed' && letter.values.link !== null) {
    const link = letter.values.link.replace(satisfactionToCome, pageTokenFor(id, key));
    return { letter: { ...letter, values: { ...letter.values, link } }, secrets: [] };
  }
  if (letter.template === 'access-question' && letter.values.link !== null) {
    const [token, code] = [decisionTokenFor(id, key), decisionCodeFor(id, key)];
    const link = letter.values.link.replace(decisionToCome, token);
    return { letter: { ...letter, values: { ...letter.values, link, code } }, secrets: [token, code] };
  }
  if ((letter.template === 'subscriptions' || isToMany(letter)) && letter.values.page) {
    const { link, page } = letter.values;
    const token = preferencesTokenFor(page.contact, page.kind, key);
    // Whoever reads the case has no use for it.
    const shown = link?.replace(preferencesToCome, token) ?? null;
    const ready = { ...letter, values: { ...letter.values, link: shown } } as T;
    return { letter: ready, secrets: [token] };
  }
  return { letter, secrets: [] };
}

/** How a letter that goes to many is ended by a mail program: by one click where there is HTTPS, and by mail (RFC 2369, 8058). */
function listOf(letter: Letter, support: string) {
  if (!isToMany(letter) || letter.values.link === null) return null;
  const { kind, link } = letter.values;
  const byMail = `mailto:${support}?subject=UNSUBSCRIBE%20${kind}`;
  return {
    id: `${kind}.${domainOf(support)}`,
    unsubscribe: [...(/^https:/.test(link) ? [link] : []), byMail],
    oneClick: /^https:/.test(link),
  };
}

export function createLetterBuilder(given: {
  /** Those that count now. */
  templates: () => Templates;
  /** Hears of every letter that is written. */
  note?: (letter: Letter & Addressed, id: string) => void;
  support: string;
  /** Null: this domain takes no return path of ours, automatic answers go with the null sender. */
  bounces: string | null;
  languages: readonly string[];
  key: string;
  dkim: DkimKey | null;
}): LetterBuilder {
  const domain = domainOf(given.support);
  /** Of somebody not on record we know no language; the test shows them all. */
  const languagesFor = (letter: Letter & Addressed): readonly string[] => {
    if (letter.template === 'neutral-receipt' || letter.template === 'security-receipt') return given.languages;
    if (letter.template === 'care-receipt' && letter.audience === 'stranger') return given.languages;
    if (letter.template !== 'test-letter') return [letter.language];
    return [...new Set([...given.languages, ...Object.keys(given.templates().letters).sort()])];
  };
  return {
    async finish(letter, { id, at }) {
      const { letter: ready, secrets } = withPage(letter, id, given.key);
      const rendered = renderLetter(given.templates(), ready, languagesFor(letter));
      given.note?.(letter, id);
      const mark = letterMark(id, given.key);
      const messageId = asksByToken(letter.asks)
        ? tokenMessageIdFor(id, domain, given.key)
        : messageIdFor(id, letter.case, domain, given.key);
      const raw = composeLetter({
        rendered,
        from: { name: 'Support', address: given.support },
        to: letter.to,
        replyTo: replyToOf(letter),
        messageId,
        date: at,
        boundary: mark,
        answers: letter.answers,
        autoSubmitted: letterTemplates[letter.template].autoSubmitted,
        loopMark: mark,
        attachments: await attachmentsOf(letter, { title: rendered.subject, domain, at }),
        list: listOf(ready, given.support),
      });
      return {
        subject: rendered.subject,
        text: secrets.reduce((text, secret) => text.replaceAll(secret, masked), rendered.text),
        messageId,
        envelopeFrom: given.bounces ? returnPathFor(given.bounces, id, given.key) : '',
        raw: given.dkim ? await signLetter(raw, given.dkim) : raw,
      };
    },
  };
}
