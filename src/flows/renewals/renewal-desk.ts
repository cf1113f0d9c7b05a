/** Letters about renewals as the renewal team works on them in the console (POLICY §10.5). */
import type { Policy } from '../../intake/policy.ts';
import { shownLetter } from '../../outbound/shown-letter.ts';
import { writeRows } from '../../registry/registry-csv.ts';
import { representativeNamed } from '../../staff/representative.ts';
import {
  countRenewals,
  deskRenewals,
  type RenewalAsked,
  renewalsByDay,
  type ToldLine,
  toldRenewals,
} from '../../store/renewals/desk.ts';
import { renewalSchedule } from '../../store/renewals/records.ts';
import type { LetterDeps } from '../letters/send.ts';
import {
  accountsEnding,
  type EndingAccount,
  type ListedRenewal,
  listedRenewal,
  notTold,
  oneRenewal,
  type PreviewedRenewal,
  previewRenewals,
  quoteRoles,
  type RenewalLetter,
  renewalLetter,
} from './list-renewals.ts';

export type { RenewalCounts, RenewalView } from '../../store/renewals/desk.ts';
export { isAhead, renewalViews } from '../../store/renewals/desk.ts';
export type { EndingAccount, ListedRenewal, PreviewedRenewal };

export type RenewalLetterShown = Omit<RenewalLetter, 'raw' | 'text'> & {
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly { readonly name: string | null; readonly type: string; readonly bytes: number }[];
};

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);
/** Of one site: its whole ladder. */
const mostOfSite = 300;

const toldHead = [
  ...(['site', 'name', 'ends', 'step', 'day', 'renewal', 'letter', 'role', 'to', 'state'] as const),
  ...(['sent', 'answer', 'message-id'] as const),
] as const;
const toldRow = (one: ToldLine): string[] => [
  ...[one.site, one.siteName, one.endsOn, `${one.step}`, one.day, one.renewal, one.letter, one.role, one.to],
  ...[one.state, one.sentAt ?? '', one.response ?? '', one.messageId],
];

export const openRenewalDesk = (deps: Pick<LetterDeps, 'database' | 'letterBuilder'> & { readonly policy: Policy }) => {
  const { database, policy } = deps;
  const list = async (asked: RenewalAsked) => {
    const { items, next } = await deskRenewals(database, asked, quoteRoles(policy));
    return { items: items.map((row) => listedRenewal(row, policy)), next };
  };
  return {
    list,
    counts: () => countRenewals(database),
    /** Whether they run, and since when they are paused; `now` is PostgreSQL's clock. */
    schedule: () => renewalSchedule(database),
    byDay: (from: string, to: string, zone = 'UTC') => renewalsByDay(database, { from, to, zone }),
    /** Accounts where something ends within so many days, whether letters go out or not. */
    ending: (days: number) => accountsEnding(deps, days),
    /** By name; null: the renewal team. */
    lookedAfterBy: (representative: string | null) => representativeNamed(representative, policy.desk),
    /** While they stand still: what would go out within so many days, were they started now. */
    wouldGo: async (days: number) => (await previewRenewals(deps, days)).items,
    one: async (id: string): Promise<ListedRenewal | null> => (isId(id) ? oneRenewal(deps, id) : null),
    /** All steps of a site, by the moment at which they go out. */
    ladder: async (site: string): Promise<readonly ListedRenewal[]> =>
      (await list({ view: 'all', site, after: null, limit: mostOfSite })).items,
    /** As it reads to whoever is told next, or to that contact of the site. */
    async letter(id: string, as: string | null): Promise<RenewalLetterShown | null> {
      const found = isId(id) ? await renewalLetter(deps, id, as) : null;
      if (!found) return null;
      const { raw, ...letter } = found;
      // The parser of mails is for whoever looks at one.
      const { openMessage } = await import('../../mail/mime/open-message.ts');
      const { text, html, attachments } = shownLetter(raw, await openMessage(raw), false);
      return { ...letter, text, html, attachments };
    },
    notTold: () => notTold(deps),
    /** Who was told, with the answers of the mail servers, as a table. */
    toldCsv: async (from: string, to: string): Promise<string> =>
      writeRows([[...toldHead], ...(await toldRenewals(database, from, to)).map(toldRow)]),
  };
};
export type RenewalDesk = ReturnType<typeof openRenewalDesk>;
