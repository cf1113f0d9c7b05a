/** Who may open cases: sites that are asked each quarter, those that have not answered, and the answer in their name. */
import { html } from 'hono/html';
import type { AttestationRounds, RoundLine, RoundOfSite } from '../../../flows/schedule/attestation-rounds.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer, offers } from '../acts/offer.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, empty, pager, pill, row, rows, tabs, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';

export type RoundsDeps = OfferDeps & { readonly rounds: AttestationRounds };

const perPage = 50;
const place = '/access';
const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

function stands({ lastResult, nextAt }: RoundLine, viewer: Viewer): Html | string {
  if (lastResult === 'for-care') return 'asked and reminded, no answer; nothing changes by itself';
  const asked = lastResult === 'reminded' ? 'reminded' : 'asked';
  return nextAt === null ? asked : html`${asked}, next reminder ${when(nextAt, viewer, { relative: true })}`;
}

const roundRow = (one: RoundLine, viewer: Viewer): Html =>
  row({
    href: `/access/rounds/${one.site}`,
    says: html`${one.site} ${one.siteName} ${one.lastResult === 'for-care' ? pill('no answer', 'bad') : ''}`,
    about: html`${one.period}: ${people(one.open)} not answered for · ${stands(one, viewer)}`,
    ...(one.lastAt && { side: when(one.lastAt, viewer) }),
  });

const address = (forCare: boolean, after?: string | null): string => {
  const query = new URLSearchParams({ ...(forCare && { state: 'no-answer' }), ...(after && { after }) }).toString();
  return query === '' ? '/access/rounds' : `/access/rounds?${query}`;
};

export async function roundsPage(c: ConsoleContext, deps: RoundsDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const forCare = c.req.query('state') === 'no-answer';
  const asked = c.req.query('after') ?? '';
  const after = /^\d{1,18}$/.test(asked) ? asked : null;
  const [{ items, next }, counts, schedule] = await Promise.all([
    deps.rounds.list({ forCare, after, limit: perPage }),
    deps.rounds.counts(),
    deps.rounds.schedule(),
  ]);
  const running = schedule?.running === true;
  const turning = await offer(c, deps, {
    act: running ? 'stop-schedule' : 'start-schedule',
    input: { kind: 're-attestation' },
    says: running ? 'Stop asking' : 'Begin asking',
  });
  const tab = (care: boolean, says: string, count: number, hot: boolean) => ({
    ...{ href: address(care), says, count: countShown(count), hot: hot && count > 0, current: forCare === care },
  });
  return consolePage(c, {
    ...{ title: 'Who may open cases', place, assets: ['letters.css'] },
    up: { href: '/access', says: 'Access' },
    body: html`<p class="lead">${
      running
        ? html`The primary of each site is asked ${schedule.rhythm}${schedule.next ? html`; next ${when(schedule.next, viewer)}` : ''}.`
        : 'Nobody is asked: these letters were not started, or stand still.'
    }</p>
${tabs([tab(false, 'Not answered yet', counts.open, false), tab(true, 'For client care', counts.forCare, true)], 'Sites that are asked')}
${
  items.length === 0
    ? empty(forCare ? 'Every site that was asked has answered, or is still being reminded.' : 'No site owes an answer.')
    : rows(
        items.map((one) => roundRow(one, viewer)),
        'Sites that have not answered',
      )
}
${pager({ start: after && address(forCare), next: next && address(forCare, next), way: 'on' })}
${card(offers([turning]), 'These letters')}`,
  });
}

const answerFields = ({ open }: RoundOfSite): Html => html`<ul class="plain-list asked">${open.map(
  ({ name, address: email, role, lastSeen, period }) =>
    html`<li><b>${email}</b> <span class="dim">${name}, ${role}, ${period}${lastSeen ? `, last mail ${lastSeen.slice(0, 10)}` : ', no mail yet'}</span><br><label class="check"><input type="checkbox" name="keep" value="${email}"><span>stays</span></label><label class="check"><input type="checkbox" name="remove" value="${email}"><span>goes</span></label></li>`,
)}</ul>
<label class="check"><input type="checkbox" name="all" value="true"><span>All others of them stay</span></label>`;

export async function roundPage(c: ConsoleContext, deps: RoundsDeps): Promise<Response> {
  const round = await deps.rounds.one(c.req.param('site') ?? '');
  if (!round)
    return faultPage(c, {
      status: 404,
      says: 'There is no such site.',
      toDo: 'Look for it in the list of sites asked.',
    });
  const { site, siteName, open, to, nextAt } = round;
  const viewer = c.get('viewer');
  const given = await Promise.all([
    offer(c, deps, {
      ...{ act: 'answer-attestation', input: { site }, says: 'Answer for the site', key: 'a', main: true },
      ...{ fields: answerFields(round), open: true },
    }),
    offer(c, deps, { act: 'remind-attestation', input: { site }, says: 'Ask once more', key: 'r' }),
  ]);
  return consolePage(c, {
    title: `Who may open cases at ${site}`,
    heading: html`${site} ${siteName}`,
    ...{ place, assets: ['letters.css'] },
    up: { href: '/access/rounds', says: 'Who may open cases' },
    keys: [
      ['a', 'Answer for the site'],
      ['r', 'Ask the primary once more'],
    ],
    body:
      open.length === 0
        ? html`<p class="lead"><a href="/customers/${site}">Site ${site}</a></p>${empty('Nobody of this site is asked about: it has answered, or was not asked yet.')}`
        : html`<p class="lead">${people(open.length)} of <a href="/customers/${site}">site ${site}</a> may open cases as long as nobody says otherwise. ${
            to === null ? 'Nobody there can be written to.' : `${to} is asked.`
          }${nextAt ? html` The next reminder goes ${when(nextAt, viewer, { relative: true })}.` : ''}</p>
${card(offers(given))}`,
  });
}
