/** A new announcement: written as fields, shown as its letter reads, and kept by the act that takes the file of it. Nothing goes out here. */
import { html } from 'hono/html';
import { announcementFile } from '../../../acts/announcements/write-file.ts';
import { type Announcement, type AnnouncementKind, announcementKinds } from '../../../notices/announcement.ts';
import { contactTypes } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { notYours } from '../acts/forms.ts';
import { offer, offers } from '../acts/offer.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, details, fault, field, select } from '../frame/parts.ts';
import { type ConsoleContext, mayDo } from '../viewer.ts';
import type { AnnouncementDeps } from './announcement-page.ts';
import { kinds } from './words.ts';

const place = '/announcements';
const up = { href: '/announcements', says: 'Announcements' };
/** Letters are written in these; whoever reads another has the first. */
const languages = ['en', 'de', 'fr', 'es', 'ja'] as const;
const languageNames = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', ja: 'Japanese' } as const;
/** As boxes; more are typed. */
const mostBoxes = 24;

const actOf = ({ acts }: AnnouncementDeps) => {
  const act = acts.find(({ name }) => name === 'write-announcement');
  if (!act) throw new Error('there is no act write-announcement');
  return act;
};

/** As it was typed: with faults, too. */
type Draft = Announcement;
const blank: Draft = {
  ...{ name: '', kind: 'announcements', products: [], versions: [], contactTypes: [], resolves: [] },
  texts: [{ language: 'en', subject: '', body: '' }],
};

const boxes = (name: string, legend: string, all: readonly string[], chosen: readonly string[]): Html =>
  html`<fieldset class="field"><legend>${legend}</legend><div>${all.map(
    (one) =>
      html`<label class="check"><input type="checkbox" name="${name}" value="${one}"${chosen.includes(one) ? html` checked` : ''}><span>${one}</span></label>`,
  )}</div></fieldset>`;

function formOf(c: ConsoleContext, draft: Draft, products: readonly string[]): Html {
  const [main, ...others] = draft.texts;
  const known = products.length <= mostBoxes && draft.products.every((one) => products.includes(one));
  const left = languages.filter((one) => one !== main.language);
  const textOf = (language: string) => others.find((one) => one.language === language);
  return html`<form class="form" method="post" action="/announcements/new">${csrfField(c)}
${field({ name: 'subject', label: 'Subject', value: main.subject, required: true, focus: true })}
${field({ name: 'body', label: 'Text, in Markdown', value: main.body, lines: 10, required: true, hint: 'Greeting, whom it goes to, and the line by which the letters can be ended are put around it: the preview shows all of it.' })}
${select(
  'language',
  'Language of this text',
  languages.map((one) => [one, languageNames[one]] as const),
  main.language,
)}
${left.map((language) => {
  const there = textOf(language);
  return details(
    `In ${languageNames[language]} as well`,
    html`<div class="fields">${field({ name: `subject.${language}`, label: `Subject in ${languageNames[language]}`, value: there?.subject ?? '' })}${field({ name: `body.${language}`, label: `Text in ${languageNames[language]}`, value: there?.body ?? '', lines: 6 })}</div>`,
    there !== undefined,
  );
})}
${select(
  'kind',
  'Kind',
  announcementKinds.map((one) => [one, kinds[one]] as const),
  draft.kind,
)}
${
  known && products.length > 0
    ? boxes('products', 'To sites with one of these products; none chosen: with any', products, draft.products)
    : field({
        name: 'products',
        label: 'To sites with one of these products',
        value: draft.products.join('\n'),
        lines: 2,
        hint: 'One a line. Empty: with any.',
      })
}
${field({ name: 'versions', label: 'That run one of these versions', value: draft.versions.join('\n'), lines: 2, hint: 'One a line, such as 11.6. Goes to the sites that named it in a case of theirs within a year. Empty: whatever they run.' })}
${boxes('contactTypes', 'To contacts of these types; none chosen: to all who want this kind', contactTypes, draft.contactTypes)}
${field({ name: 'resolves', label: 'For a release: defects that it resolves', value: draft.resolves.join('\n'), lines: 1, hint: 'Their ids, one a line. Whoever has a case about one of them is told as well, with its number.' })}
${field({ name: 'name', label: 'Name', value: draft.name, hint: 'Left empty: made from the subject. Lists and the command line know it by this, such as vault-12.' })}
<div class="act"><button class="btn main">Check and preview</button></div></form>`;
}

type Body = Readonly<Record<string, unknown>>;
const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');
const lines = (value: unknown): readonly string[] =>
  texts(value)
    .flatMap((one) => one.split(/\r?\n/))
    .map((one) => one.trim())
    .filter((one) => one !== '');

function draftOf(body: Body): Draft {
  const text = (name: string): string => texts(body[name])[0]?.trim() ?? '';
  const kind = announcementKinds.find((one) => one === text('kind')) ?? ('announcements' satisfies AnnouncementKind);
  const language = languages.find((one) => one === text('language')) ?? 'en';
  const others = languages.flatMap((one) => {
    const [subject, written] = [text(`subject.${one}`), text(`body.${one}`)];
    return one === language || (subject === '' && written === '') ? [] : [{ language: one, subject, body: written }];
  });
  return {
    ...{ name: text('name'), kind, products: lines(body.products), versions: lines(body.versions) },
    contactTypes: contactTypes.filter((one) => texts(body.contactTypes).includes(one)),
    resolves: lines(body.resolves),
    texts: [{ language, subject: text('subject'), body: text('body') }, ...others],
  };
}

const mostOfName = 60;
/** `Vault 12 is out!` is `vault-12-is-out`; a subject without a Latin letter goes by its day. */
function nameOf(subject: string): string {
  const plain = subject
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .slice(0, mostOfName)
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  // A number alone would be read as that of another one.
  if (/^\d*$/.test(plain)) return `announcement-${plain || Temporal.Now.plainDateISO('UTC')}`;
  return plain;
}

/** One without a name gets its own: never that of another, in whose place it would be kept. */
async function named(draft: Draft, { announcements }: AnnouncementDeps): Promise<Draft> {
  if (draft.name !== '' || draft.texts[0].subject === '') return draft;
  const first = nameOf(draft.texts[0].subject);
  for (let n = 1; n < mostTried; n += 1) {
    const name = n === 1 ? first : `${first}-${n}`;
    if ((await announcements.one(name)) === null) return { ...draft, name };
  }
  return draft;
}
const mostTried = 100;

const title = 'Write an announcement';

export async function newPage(c: ConsoleContext, deps: AnnouncementDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const act = actOf(deps);
  if (!mayDo(viewer, act))
    return consolePage(c, { title, place, up, body: html`<p class="lead">${notYours(viewer, act)}</p>` });
  const from = c.req.query('from');
  const [before, products] = await Promise.all([
    from === undefined ? null : deps.announcements.one(from),
    deps.announcements.products(),
  ]);
  const draft = before && !before.content.supportEnd ? before.content : blank;
  return consolePage(c, {
    ...{ title, place, up, assets: ['notices.css'] },
    body: html`<p class="lead">It is shown as it reads before it is kept, and checked for whom it goes to before it is started.</p>${card(html`<div class="inner">${formOf(c, draft, products)}</div>`)}`,
  });
}

/** Writes nothing: what would be kept is shown, with the button that keeps it. */
export async function draftPage(c: ConsoleContext, deps: AnnouncementDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const act = actOf(deps);
  if (!mayDo(viewer, act))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, act) });
  const draft = await named(draftOf(await c.req.parseBody({ all: true })), deps);
  const text = announcementFile(draft);
  const read = deps.announcements.read(text);
  const products = await deps.announcements.products();
  const form = card(html`<div class="inner">${formOf(c, draft, products)}</div>`);
  if (read.kind === 'faulty')
    return consolePage(c, {
      ...{ title, place, up, status: 422, assets: ['notices.css'] },
      body: html`${fault('It cannot be sent like this.', html`<ul>${read.faults.map((one) => html`<li>${one}</li>`)}</ul>`)}${form}`,
    });
  const { announcement } = read;
  const [kept, letters] = await Promise.all([
    offer(c, deps, {
      ...{ act: 'write-announcement', input: { text }, says: 'Keep it', key: 'k', main: true },
      back: `/announcements/${announcement.name}`,
    }),
    Promise.all(announcement.texts.map(({ language }) => deps.announcements.letter(announcement, language))),
  ]);
  return consolePage(c, {
    ...{ title, place, up, assets: ['letters.css', 'notices.css'] },
    keys: [['k', 'Keep it']],
    body: html`${card(offers([kept]))}
${letters.map((letter, i) =>
  card(
    html`<p class="subject"><b>${letter.subject}</b></p><pre class="mail">${maskPins(letter.text)}</pre>`,
    letters.length > 1 ? `How it reads in ${announcement.texts[i]?.language ?? ''}` : 'How it reads',
  ),
)}
${details('Change it', html`${form}`)}`,
  });
}
