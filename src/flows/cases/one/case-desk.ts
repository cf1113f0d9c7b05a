/** One case as our people work on it in the console: the case with all it goes by, its conversation, its drafts, and who is at it. */
import { contractOf } from '../../../acts/cases/case-letters.ts';
import type { WorkedCase } from '../../../acts/cases/records.ts';
import { nameOf } from '../../../acts/cases/working/take-case.ts';
import { type ClockLine, clockLine } from '../../../cases/shown/clock-line.ts';
import type { By } from '../../../changes/by.ts';
import { type SenderWarning, senderWarnings } from '../../../mail/address/sender-warnings.ts';
import type { CaseContract } from '../../../outbound/letter.ts';
import { staffMay } from '../../../staff/rights.ts';
import type { StaffMember } from '../../../staff/staff.ts';
import { type CaseAround, caseAround, caseIdOf } from '../../../store/cases/one/case-around.ts';
import { newestMessage } from '../../../store/cases/one/conversation.ts';
import { type Present, presentAt, sayPresent } from '../../../store/cases/one/presence.ts';
import { type CommitOutcome, commit, type LoadedRecords } from '../../acts/commit.ts';
import { type LettersAhead, lettersAhead } from '../../acts/letter-preview.ts';
import { loadAll, type PerformDeps } from '../../acts/perform.ts';
import { cannedDesk } from './canned.ts';
import { type Conversation, type ConversationAsked, conversation } from './conversation.ts';
import { draftDesk } from './drafts.ts';

export type { CannedAnswer } from '../../../store/cases/one/canned-answers.ts';
export type { CaseAround, NearCase } from '../../../store/cases/one/case-around.ts';
export type { Draft } from '../../../store/cases/one/drafts.ts';
export type { Present } from '../../../store/cases/one/presence.ts';
export type { Conversation, Item } from './conversation.ts';

type Preview = (
  act: string,
  input: unknown,
  how: { by: By; preview: boolean; expect?: string },
) => Promise<CommitOutcome>;

export type OpenedCase = {
  readonly on: WorkedCase;
  /** By PostgreSQL's clock. */
  readonly now: string;
  readonly clock: ClockLine | null;
  readonly around: CaseAround;
  /** Of the contract when it was opened and today; null today: the same. */
  readonly contract: { readonly opened: CaseContract; readonly today: CaseContract | null };
  /** Who gets what is written to the customer: whoever asked for it first. */
  readonly answersTo: readonly { readonly address: string; readonly name: string | null }[];
  /** The newest message that a person has written. */
  readonly newest: string;
  /** As acts are previewed on this very case: it is loaded once for all buttons of a page. */
  readonly preview: Preview;
};

const answersTo = (on: WorkedCase): OpenedCase['answersTo'] => {
  const others = on.participants.filter(({ contact, address }) => contact !== null && address !== on.contactAddress);
  return [
    { address: on.contactAddress, name: on.contact?.name ?? null },
    ...others.map(({ address, name = null }) => ({ address, name })),
  ];
};

const onlyThis = (needs: Readonly<Record<string, unknown>>, number: string): boolean =>
  Object.entries(needs).every(
    ([name, value]) =>
      value === undefined ||
      ((name === 'cases' || name === 'worked') && Array.isArray(value) && value.every((one) => one === number)),
  );

const isNumber = (number: string): boolean => /^\d{1,15}$/.test(number);

/** Who is at it, and whether anything has come since it was opened. */
export type AtCase = { readonly present: readonly (Present & { readonly name: string })[]; readonly newest: string };

export type Caller = {
  readonly name: string;
  readonly contacts: readonly { readonly name: string; readonly email: string; readonly role: string }[];
  readonly products: readonly string[];
};

export const openCaseDesk = (deps: PerformDeps) => {
  const { database, policy } = deps;
  const name = (address: string): string => nameOf(policy.desk, address);
  const people = (): readonly StaffMember[] => policy.desk.people;

  async function open(number: string): Promise<OpenedCase | null> {
    if (!isNumber(number)) return null;
    const loaded = await loadAll(deps, { cases: [number], worked: [number] });
    const on = loaded.worked?.[0];
    if (!on) return null;
    const [around, newest] = await Promise.all([caseAround(database, on.id), newestMessage(database, on.id)]);
    if (!around) return null;
    const { now } = loaded;
    const load = async (needs: Parameters<typeof loadAll>[1]): Promise<LoadedRecords> =>
      onlyThis(needs, number) ? loaded : loadAll(deps, needs);
    return {
      on,
      now,
      clock: clockLine(on.clock, { now, ended: on.status === 'closed' }, policy.publicHolidays),
      around,
      contract: contractOf(on, now, policy),
      answersTo: answersTo(on),
      newest,
      preview: (act, input, { by }) => commit(deps, { act, input, by, preview: true, load }),
    };
  }

  return {
    open,
    conversation: (asked: ConversationAsked): Promise<Conversation> => conversation(database, asked),
    /** What in the name of a sender may mislead. */
    warnings: (from: { readonly address: string; readonly name: string }): readonly SenderWarning[] =>
      senderWarnings(
        { kind: 'one', ...from },
        {
          addresses: Object.values(policy.desk.addresses).filter((one) => one !== null),
          people: policy.desk.people,
        },
      ),
    /** As our people speak of each other. */
    name,
    /** Whoever works on cases. */
    workers: (): readonly StaffMember[] => people().filter((one) => staffMay(one, 'cases: work')),
    /** What a letter of an act would say, to each who gets it. */
    lettersAhead: (asked: { act: string; input: unknown; by: By }): Promise<LettersAhead> =>
      lettersAhead(deps, asked, (needs) => loadAll(deps, needs)),
    async sayPresent(given: Parameters<typeof sayPresent>[1]): Promise<AtCase> {
      await sayPresent(database, given);
      return { present: await others(given.caseId, given.staff), newest: await newestMessage(database, given.caseId) };
    },
    present: others,
    /** Who may call from a site, and about what; null: there is no such site. */
    async caller(site: string): Promise<Caller | null> {
      const { caller } = await loadAll(deps, { caller: { site, pin: null, critical: false } });
      if (!caller) return null;
      const { of, contacts, products } = caller;
      return {
        name: of.site.name,
        contacts: contacts.map(({ name: called, email, role }) => ({ name: called, email, role })),
        products,
      };
    },
    /** The row of a case. */
    rowOf: async (number: string): Promise<string | null> => (isNumber(number) ? caseIdOf(database, number) : null),
    ...draftDesk(database),
    ...cannedDesk(database, name),
  };

  async function others(caseId: string, staff: string): Promise<AtCase['present']> {
    return (await presentAt(database, caseId, staff)).map((one) => ({ ...one, name: name(one.staff) }));
  }
};
export type CaseDesk = ReturnType<typeof openCaseDesk>;
