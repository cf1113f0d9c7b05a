/** Requests for access: those that somebody has to decide on top, each with what it waits for. */
import { html } from 'hono/html';
import { type RequestState, requestStates } from '../../../access/request.ts';
import type { AccessDesk, RequestCounts, RequestLine } from '../../../flows/access/access-desk.ts';
import { normaliseAddress } from '../../../mail/address/address.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { consolePage } from '../frame/page.ts';
import { empty, fault, field, filters, pager, pill, row, rows, tabs, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { type Asked, listAddress, oldestFirst, openStates, openTab, states, tabOrder } from './words.ts';

const perPage = 50;

type AskedList = { readonly asked: Asked; readonly faults: readonly string[] };

function askedOf(query: (name: string) => string | undefined): AskedList {
  const faults: string[] = [];
  const given = (name: string) => query(name)?.trim().replaceAll('\0', '') || undefined;
  const checked = (name: string, form: RegExp, says: string): string | undefined => {
    const value = given(name);
    if (value === undefined || form.test(value)) return value;
    faults.push(says);
    return undefined;
  };
  const state = given('state') ?? 'open';
  const known = [...requestStates, 'open', 'all'].find((one): one is Asked['state'] => one === state);
  if (known === undefined) faults.push(`There is no state "${state.slice(0, 40)}".`);
  const typed = given('address');
  const address = typed === undefined ? undefined : normaliseAddress(typed);
  if (address === null) faults.push(`"${typed?.slice(0, 80)}" is no whole address, such as ada@customer.example.`);
  return {
    asked: {
      state: known ?? 'open',
      site: checked('site', /^\d{7}$/, 'A site number has seven digits, such as 1000345.'),
      address: address ?? undefined,
      before: checked('before', /^\d{1,18}$/, 'This page of the list is not there; this is its beginning.'),
    },
    faults,
  };
}

function tabsOf({ state, site, address }: Asked, counts: RequestCounts): Html {
  const one = (name: Asked['state'], says: string, count?: number, hot = false) => ({
    href: listAddress({ state: name, site, address }),
    says,
    ...(count === undefined ? {} : { count: countShown(count), figure: `access.${name}` }),
    hot: hot && (count ?? 0) > 0,
    current: state === name,
  });
  const open = openStates.reduce((sum, name) => sum + counts[name], 0);
  return html`${tabs(
    [
      one('open', openTab.says, open, true),
      ...tabOrder.map((name) => one(name, states[name].tab, counts[name], name === 'with-client-care')),
      one('all', 'All'),
      { href: '/access/rounds', says: 'Who may open cases', current: false },
    ],
    'States of requests',
  )}`;
}

/** What it waits for, or what became of it. */
function standing(one: RequestLine, viewer: Viewer): Html | string {
  const { state, steps, careDue, decidedBy, until } = one;
  const lastOf = (...kinds: readonly string[]) => steps.findLast(({ kind }) => kinds.includes(kind));
  const by = decidedBy === null || decidedBy === 'clock' ? '' : ` by ${decidedBy}`;
  switch (state) {
    case 'with-client-care':
      return careDue === null ? '' : html`client care owes an answer ${when(careDue, viewer, { relative: true })}`;
    case 'waiting': {
      const asked = lastOf('reminded', 'deciders-asked', 'second-asked');
      if (lastOf('first-granted', 'first-withdrawn')?.kind === 'first-granted') return 'granted by one of two';
      return asked
        ? html`${asked.kind === 'reminded' ? 'reminded' : 'asked'} ${when(asked.at, viewer, { relative: true })}`
        : 'about to be asked';
    }
    case 'to-verify':
      return 'the asker has to answer first';
    case 'granted':
      return until === null ? by.trim() : `${by.trim()}${by ? ', ' : ''}until ${until}`;
    case 'denied':
      return by.trim();
    case 'expired':
      return '';
    default:
      return state satisfies never;
  }
}

const wanted = ({ licence, site, siteName, role }: RequestLine): string =>
  licence !== null
    ? `registers licence ${licence}`
    : `${role ?? 'access'} at ${site === null ? 'a site without a number' : `${site} ${siteName ?? '(no such site)'}`}`;

function requestRow(one: RequestLine, viewer: Viewer, asked: Asked): Html {
  const { says, tone } = states[one.state];
  const told = standing(one, viewer);
  return row({
    href: `/access/${one.id}${asked.state === 'open' ? '' : `?from=${asked.state}`}`,
    says: html`${one.address} ${asked.state === one.state ? '' : pill(says, tone)}`,
    about: html`${one.name ? `${one.name}: ` : ''}${wanted(one)}${told ? html` · ${told}` : ''}${
      one.justification ? html`<br><small>${maskPins(one.justification)}</small>` : ''
    }`,
    side: one.askedAt === null ? '' : when(one.askedAt, viewer, { relative: true }),
  });
}

const noneOf = ({ state, site, address }: Asked): string => {
  if (site || address) return 'No request is like this. Take a filter away to see more.';
  if (state === 'open') return openTab.none;
  return state === 'all' ? 'Nobody has asked for access yet.' : states[state].none;
};

const filtersOf = ({ state, site, address }: Asked): Html =>
  filters(html`${state === 'open' ? '' : html`<input type="hidden" name="state" value="${state}">`}
${field({ name: 'address', label: 'Asker', value: address ?? '', type: 'search' })}
${field({ name: 'site', label: 'Site', value: site ?? '' })}`);

export async function listPage(c: ConsoleContext, { access }: { readonly access: AccessDesk }): Promise<Response> {
  const viewer = c.get('viewer');
  const { asked, faults } = askedOf((name) => c.req.query(name));
  const { state, site, address, before } = asked;
  const which: { states?: readonly RequestState[]; state?: RequestState } =
    state === 'open' ? { states: openStates } : state === 'all' ? {} : { state };
  const [{ items, next }, counts] = await Promise.all([
    access.list({ ...which, site, address, oldest: oldestFirst(state), before: before ?? null, limit: perPage }),
    access.counts(),
  ]);
  const further = next === null ? null : listAddress({ ...asked, before: next });
  const start = before && listAddress({ ...asked, before: undefined });
  return consolePage(c, {
    ...{ title: 'Access', place: '/access' },
    body: html`${faults.map((says) => fault(says, 'This filter was left out.'))}
${tabsOf(asked, counts)}
${filtersOf(asked)}
${
  items.length === 0
    ? empty(noneOf(asked))
    : rows(
        items.map((one) => requestRow(one, viewer, asked)),
        'Requests for access',
      )
}
${pager({ start, next: further, way: oldestFirst(state) ? 'on' : 'back' })}`,
  });
}
