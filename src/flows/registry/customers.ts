/** Customers as the console shows them: the list, one with all that belongs to it, and the registry in and out of files. */

import { type RequestState, stateOf as stateOfRequest } from '../../access/request.ts';
import type { Person } from '../../acts/contacts/records.ts';
import type { By } from '../../changes/by.ts';
import type { Policy } from '../../intake/policy.ts';
import { kindsFor, type OptionalKind } from '../../notices/kinds.ts';
import { dayAt } from '../../registry/entitlement.ts';
import { type Standing, standingOn, type TimeLine, timeLineOf } from '../../registry/licences/time-line.ts';
import { type EntitledPoint, whyEntitled } from '../../registry/licences/why-entitled.ts';
import { type Privileges, privilegesOf } from '../../registry/permissions.ts';
import { pinState } from '../../registry/pin.ts';
import { writeTables } from '../../registry/registry-csv.ts';
import { type SourceFile, writeRegistry } from '../../registry/registry-file.ts';
import type { SiteFacts } from '../../registry/site.ts';
import { listRequests } from '../../store/access/list-requests.ts';
import { peopleOf } from '../../store/contacts/people.ts';
import { readRegistryWhole } from '../../store/registry/registry.ts';
import {
  casesOf,
  type FullSupport,
  lettersTo,
  type PrivilegedShown,
  privilegedOf,
  renewalStepsOf,
  type SiteCase,
  type SiteLetter,
  type SiteRenewal,
  type SiteTurn,
  siteShown,
} from '../../store/registry/site-shown.ts';
import type { ActDeps } from '../acts/commit.ts';
import { type CustomersFound, countCustomers, endingDays, type ListCustomers, listCustomers } from './customer-list.ts';
import { type ImportTried, tryImport } from './try-import.ts';

export type {
  FullSupport,
  PrivilegedShown,
  SiteCase,
  SiteLetter,
  SiteRenewal,
} from '../../store/registry/site-shown.ts';
export type { CustomerLine, CustomersFound, CustomerView } from './customer-list.ts';
export { customerViews, endingDays } from './customer-list.ts';
export type { ImportTried } from './try-import.ts';

export type CustomerPin = {
  readonly pin: string;
  readonly issuedAt: string;
  readonly replacedAt: string | null;
  readonly state: 'active' | 'in grace';
};

export type CustomerRequest = {
  readonly id: string;
  readonly name: string | null;
  readonly address: string;
  readonly role: string | null;
  readonly state: RequestState;
  readonly at: string | null;
};

export type CustomerPerson = Omit<Person, 'privileges'> & {
  /** As they stand, by the role and what is set apart. */
  readonly may: Privileges;
  readonly granted: NonNullable<Person['privileges']>;
  /** Kinds of letters that can be ended, and that they get. */
  readonly letters: readonly OptionalKind[];
};

export type Customer = {
  readonly of: SiteFacts;
  readonly knownSince: string;
  readonly today: string;
  readonly standing: Standing;
  readonly why: readonly EntitledPoint[];
  readonly line: TimeLine;
  readonly fullSupport: readonly FullSupport[];
  readonly pins: readonly CustomerPin[];
  readonly privileged: readonly PrivilegedShown[];
  readonly turns: readonly SiteTurn[];
  readonly confirmedAt: string | null;
  /** In the order of the registry. */
  readonly people: readonly CustomerPerson[];
};

export type CustomerNews = {
  readonly cases: readonly SiteCase[];
  readonly letters: readonly SiteLetter[];
  readonly requests: readonly CustomerRequest[];
  readonly renewals: readonly SiteRenewal[];
};

type Deps = ActDeps & {
  readonly policy: Policy /** In which there are letters. */;
  readonly languages: () => Promise<readonly string[]>;
};

const mostPrivileged = 10;
/** Of each kind that a page of a customer shows. */
const mostNews = 5;
/** Of so many people the newest letters are looked for. */
const mostWrittenTo = 100;
/** Of versions whose full support is over for longer nobody has to be told. */
const fullSupportDays = 400;
const mostCases = 50;

const isSite = (number: string): boolean => /^\d{7}$/.test(number);

const personShown = ({ privileges, ...one }: Person, policy: Policy): CustomerPerson => ({
  ...one,
  may: privilegesOf(one.role, policy, privileges),
  granted: privileges ?? {},
  letters: kindsFor({ ...one, ...(privileges && { privileges }) }, policy),
});

async function customer({ database, policy }: Deps, number: string): Promise<Customer | null> {
  if (!isSite(number)) return null;
  return database.ask(async (db) => {
    const shown = await siteShown(db, number, { pinDays: policy.pinGraceDays, fullSupportFrom: fullSupportDays });
    const [record] = shown ? await peopleOf(db, [number], true) : [];
    if (!shown || !record) return null;
    const { now, of, pins, ...rest } = shown;
    const today = dayAt(now, of.site.timezone);
    return {
      ...rest,
      ...{ of, today },
      standing: standingOn(of, today, endingDays, policy),
      why: whyEntitled(of, today, policy),
      line: timeLineOf(of, today, policy),
      pins: pins.flatMap((pin): CustomerPin[] => {
        const state = pinState(pin, now, policy);
        return state === 'retired' ? [] : [{ ...pin, state }];
      }),
      privileged: await privilegedOf(db, { site: number, limit: mostPrivileged }),
      confirmedAt: record.confirmedAt ?? null,
      people: record.people.map((one) => personShown(one, policy)),
    };
  });
}

async function requestsOf({ database }: Pick<Deps, 'database'>, site: string): Promise<CustomerRequest[]> {
  const { items } = await listRequests(database, { site, before: null, limit: mostNews });
  return items.map(({ id, name, address, role, steps }) => ({
    ...{ id, name, address, role, state: stateOfRequest(steps), at: steps.at(-1)?.at ?? null },
  }));
}

async function news(deps: Deps, { of, today, people }: Pick<Customer, 'of' | 'today' | 'people'>) {
  const { number: site } = of.site;
  const addresses = people.slice(0, mostWrittenTo).map(({ email }) => email);
  const limit = mostNews;
  const [requests, rows] = await Promise.all([
    requestsOf(deps, site),
    deps.database.ask(async (db) => ({
      cases: await casesOf(db, { site, limit }),
      letters: await lettersTo(db, { addresses, limit }),
      renewals: await renewalStepsOf(db, { site, today, limit: 3 }),
    })),
  ]);
  return { ...rows, requests } satisfies CustomerNews;
}

export const registryTables = ['sites', 'contacts', 'licences', 'plans', 'products', 'versions'] as const;
export type RegistryTable = (typeof registryTables)[number];

export const openCustomers = (deps: Deps) => {
  const whole = (site: string | null) => readRegistryWhole(deps.database, site === null ? null : [site]);
  return {
    list: (asked: ListCustomers): Promise<CustomersFound> => listCustomers(deps, asked),
    count: (most: number): Promise<number> => countCustomers(deps, most),
    one: (number: string): Promise<Customer | null> => customer(deps, number),
    news: (of: Pick<Customer, 'of' | 'today' | 'people'>): Promise<CustomerNews> => news(deps, of),
    /** What is open there, for whoever does something on one. */
    openCases: (site: string): Promise<SiteCase[]> =>
      deps.database.ask((db) => casesOf(db, { site, open: true, limit: mostCases })),
    /** The newest that one of its people asked for. */
    casesOf: (site: string, contact: string): Promise<SiteCase[]> =>
      deps.database.ask((db) => casesOf(db, { site, contact, limit: mostNews })),
    privilegedOf: (site: string, contact: string): Promise<PrivilegedShown[]> =>
      deps.database.ask((db) => privilegedOf(db, { site, contact, limit: mostPrivileged })),
    tryImport: (
      files: readonly SourceFile[],
      how: { prune: boolean; welcome: boolean; by: By },
    ): Promise<ImportTried> => tryImport(deps, files, how),
    /** In the form of a file of the registry; null: there is no such site. */
    async yaml(site: string | null): Promise<string | null> {
      const found = await whole(site);
      if (site === null) return writeRegistry(found);
      return found.sites.length === 0 ? null : writeRegistry({ sites: found.sites });
    },
    async csv(table: RegistryTable, site: string | null): Promise<string | null> {
      const found = await whole(site);
      return site !== null && found.sites.length === 0 ? null : writeTables(found)[`${table}.csv`];
    },
  };
};
export type Customers = ReturnType<typeof openCustomers>;
