/** The routes of letters. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Letters, LetterWhole } from '../../../flows/letters/shown-letter.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import { stopReasonOf } from '../../../upkeep/stop-reason.ts';
import type { Html } from '../../html.ts';
import { type Offer, type OfferDeps, offer, offers } from '../acts/offer.ts';
import { momentIn } from '../frame/moments.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card } from '../frame/parts.ts';
import { foreignHtml } from '../frame/policy.ts';
import { kindTabs, type SearchDeps } from '../search/kinds.ts';
import { byOf, type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { type AddressesDeps, addressesPage, blockedPage } from './addresses-page.ts';
import { askedOf } from './asked.ts';
import { letterBody, letterHeading, views } from './letter-page.ts';
import { listBody, tabsOf } from './list-page.ts';
import { pauseRight, sendingBody } from './sending-page.ts';
import { type Asked, listAddress, notArrived } from './words.ts';

/** What is done to one letter is an act; whether they go at all is switched here. */
export type LettersDeps = OfferDeps & { readonly letters: Letters };

const perPage = 50;
const place = '/letters';
const assets = ['letters.css'] as const;
const noneAsked: Asked = {};

function offersOf({ id: letter, state, markedAs }: LetterWhole): readonly Offer[] {
  const input = { letter };
  if (state === 'waiting')
    return [
      { act: 'release-letter', input, says: 'Release', key: 'r', main: true },
      { act: 'suppress-letter', input, says: 'Never send it', key: 'x' },
    ];
  if (state === 'queued' || state === 'unknown') return [];
  const again: Offer = { act: 'send-letter-again', input, says: 'Send again', key: 's' };
  if (state !== 'failed' && state !== 'bounced') return [again];
  if (markedAs !== null) return [again, { act: 'unmark-letter', input, says: 'Not dealt with after all', key: 'm' }];
  return [
    { ...again, main: true },
    { act: 'mark-letter', input: { letter, as: 'reached' }, says: 'Told by another way', key: 'm' },
    { act: 'mark-letter', input: { letter, as: 'not-needed' }, says: 'Needed no more', key: 'n' },
  ];
}

async function offered(c: ConsoleContext, deps: LettersDeps, letter: LetterWhole): Promise<Html> {
  const back = `/letters/${letter.id}`;
  const given = await Promise.all(offersOf(letter).map((one) => offer(c, deps, { ...one, back })));
  return given.length === 0 ? html`` : card(offers(given));
}

const missing = (c: ConsoleContext) =>
  faultPage(c, { status: 404, says: 'There is no such letter.', toDo: 'Look for it in the list of letters.' });

export function letterRoutes(deps: LettersDeps & SearchDeps & AddressesDeps): Hono<ConsoleEnv> {
  const { letters } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });

  app.get('/letters', async (c) => {
    const viewer = c.get('viewer');
    const { asked, faults } = askedOf((name) => c.req.query(name), viewer);
    const { state, mail, since, before, ...rest } = asked;
    const from = since === undefined ? undefined : (momentIn(viewer.zone, since) ?? undefined);
    const list = letters.list({
      ...rest,
      ...{ causedBy: mail, since: from, before: before ?? null, limit: perPage },
      ...(state === notArrived ? { notArrived: true } : { state }),
    });
    const [page, counts, sending, among] = await Promise.all([
      list,
      letters.counts(),
      letters.sending(),
      kindTabs(c, deps, {
        ...{ current: 'letters', q: rest.to ?? '' },
        found: list.then(({ items, next }) => ({ found: items.length, more: next !== null })),
      }),
    ]);
    const body = listBody({ viewer, asked, faults, ...page, counts, sending, among });
    return consolePage(c, { title: 'Letters', place, body, assets });
  });

  app.get('/letters/addresses', async (c) =>
    addressesPage(c, deps, tabsOf({ asked: noneAsked, counts: await letters.counts() }, 'addresses')),
  );
  app.get('/letters/blocked', (c) => blockedPage(c, deps));

  app.get('/letters/sending', async (c) =>
    consolePage(c, {
      ...{ title: 'Whether letters go out', place, up: { href: '/letters', says: 'Letters' } },
      body: sendingBody(c, await letters.sending()),
    }),
  );
  const mayNot = (c: ConsoleContext) =>
    faultPage(c, { status: 403, says: 'You may not do this.', toDo: 'Ask an engineer or an admin.' });
  app.post('/letters/pause', async (c) => {
    if (!viewerMay(c.get('viewer'), pauseRight)) return mayNot(c);
    const { reason: given } = await c.req.parseBody();
    const typed = typeof given === 'string' ? given : '';
    const why = stopReasonOf(typed);
    if ('fault' in why)
      return consolePage(c, {
        ...{ title: 'Whether letters go out', place, status: 422, up: { href: '/letters', says: 'Letters' } },
        body: sendingBody(c, await letters.sending(), { says: why.fault, typed }),
      });
    const now = await letters.pause(why.reason, byOf(c.get('viewer')));
    tellNext(c, {
      says: [
        now
          ? 'No letter goes out until somebody lets them go.'
          : 'They were paused already; the reason is the new one.',
      ],
    });
    return c.redirect('/letters', 303);
  });
  app.post('/letters/resume', async (c) => {
    if (!viewerMay(c.get('viewer'), pauseRight)) return mayNot(c);
    const back = await letters.resume(byOf(c.get('viewer')));
    const waited = back === 1 ? '1 that waited is' : `${back} that waited are`;
    const says =
      back === null ? 'They were not paused.' : `Letters go out again${back > 0 ? `; ${waited} on the way` : ''}.`;
    tellNext(c, { says: [says] });
    return c.redirect('/letters', 303);
  });

  /** Null where the path names none. */
  const found = (c: ConsoleContext): Promise<LetterWhole | null> => {
    const id = c.req.param('id') ?? '';
    return /^\d{1,18}$/.test(id) ? letters.one(id) : Promise.resolve(null);
  };
  app.get('/letters/:id', async (c) => {
    const letter = await found(c);
    if (letter === null) return missing(c);
    const view = views.find((one) => one === c.req.query('view')) ?? 'text';
    const { asked } = askedOf((name) => (name === 'state' ? c.req.query('from') : undefined), c.get('viewer'));
    return consolePage(c, {
      title: `Letter ${letter.id}, ${letterName(letter.template)}`,
      heading: letterHeading(letter),
      ...{ place, assets },
      up: { href: listAddress(asked), says: 'Letters' },
      body: letterBody(letter, { view, viewer: c.get('viewer'), offered: await offered(c, deps, letter) }),
      keys: [
        ['r', 'Release it, where it waits'],
        ['x', 'Never send it, where it waits'],
        ['s', 'Send it again'],
        ['m n', 'Dealt with: told by another way, needed no more'],
      ],
    });
  });
  app.get('/letters/:id/html', async (c) => {
    const letter = await found(c);
    if (letter?.body.kind !== 'there' || letter.body.html === null) return missing(c);
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { shownHtml } = await import('../../shown-html.ts');
    return foreignHtml(shownHtml(letter.body.html));
  });
  app.get('/letters/:id/source', async (c) => {
    const letter = await found(c);
    if (letter?.body.kind !== 'there') return missing(c);
    return c.text(letter.body.source, 200, { 'content-disposition': `attachment; filename="letter-${letter.id}.txt"` });
  });
  return app;
}
