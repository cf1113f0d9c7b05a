/** Issuing, redeeming and revoking privileged PINs (POLICY §1). No message of a failure and no result shows one. */
import { Failure } from '../foundation/failure.ts';
import { normalisePrivilegedPin } from '../foundation/pin-form.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Policy } from '../intake/policy.ts';
import { mayHavePrivilegedPin } from '../registry/permissions.ts';
import type { Database } from '../store/database.ts';
import { drawLetterIds, insertLetters } from '../store/letters.ts';
import {
  openWindows,
  type PinState,
  pinByHash,
  putOnCase,
  redeem,
  revoke,
  subjectOf,
  writeIssued,
} from '../store/privileged-pins.ts';
import type { Sealer } from '../vault/seal.ts';
import type { LetterShop } from './letter-shop.ts';
import { drawPin, pinKind } from './privileged-secrets.ts';
import type { Relay } from './relay-outbox.ts';
import { finishLetters } from './write-letters.ts';

export type PrivilegedDeps = {
  readonly database: Database;
  readonly shop: LetterShop;
  readonly policy: Policy;
  readonly relay: Pick<Relay, 'ring'>;
  readonly vault: Pick<Sealer, 'seal' | 'hash' | 'hashes'>;
};

const plain = { answers: null, followsOwn: false, asks: null, fate: { kind: 'send' } } as const;

export type IssuedPrivileged = {
  readonly site: string;
  readonly case: string;
  readonly contact: string;
  readonly letter: string;
  /** ISO 8601, with offset. */
  readonly until: string;
};

/**
 * The PIN itself goes to the address on record and to nobody else. `contact` is an address of the person. Fails with `not-found`,
 * and with `conflict` where this person, or this case, can have none.
 */
export async function issuePrivileged(
  deps: PrivilegedDeps,
  asked: { site: string; contact: string; case: string },
  actor: string,
): Promise<IssuedPrivileged> {
  const { database, policy, shop, vault } = deps;
  const subject = await subjectOf(database, asked);
  if (!mayHavePrivilegedPin(subject.role))
    throw new Failure('conflict', 'only a primary, a secondary or a technical contact gets a privileged PIN');
  if (!subject.caseOpen) throw new Failure('conflict', `case ${subject.case} is closed`);
  if (!subject.reachable)
    throw new Failure('conflict', 'the address on record does not take mail for certain; have it put right first');
  const pin = drawPin();
  const { siteName, site, until, timezone } = subject;
  const letter: PlannedLetter = {
    ...plain,
    template: 'privileged-pin',
    values: { siteName, site, case: subject.case, pin, until, timezone },
    to: subject.address,
    audience: 'contact',
    language: subject.language,
    matter: `case:${subject.case}`,
    case: subject.case,
  };
  const ids = await database.ask((db) => drawLetterIds(db, 1));
  const cause = `privileged-pin:${ids[0]}`;
  const rows = await finishLetters([letter], ids, { shop, policy, at: subject.now, cause, mail: null, vault });
  await database.transaction(async (tx) => {
    await writeIssued(tx, {
      hash: vault.hash(pinKind, pin),
      contact: subject.contact,
      address: subject.address,
      caseId: subject.caseId,
      until,
      actor,
    });
    await insertLetters(
      tx,
      rows.map((row) => ({ ...row, caseId: subject.caseId })),
      actor,
    );
    for (const row of rows)
      await putOnCase(tx, {
        caseId: subject.caseId,
        letter: row.id,
        author: policy.desk.addresses.support,
        text: row.text,
      });
  });
  deps.relay.ring();
  return { site, case: subject.case, contact: subject.contact, letter: ids[0] ?? '', until };
}

export type PrivilegedWindow = {
  readonly open: boolean;
  readonly site: string;
  readonly case: string;
  readonly contact: string;
  readonly until: string;
};

const shown = ({ state, site, case: on, contact, until }: PinState): PrivilegedWindow => ({
  open: state === 'open',
  site,
  case: on,
  contact,
  until,
});

const why = {
  open: 'this privileged PIN has been used',
  used: 'this privileged PIN has been used',
  expired: 'this privileged PIN has expired',
  revoked: 'this privileged PIN was revoked',
  'no-right': 'the person this privileged PIN was issued to has another role or another address now',
} as const;

async function known(deps: Pick<PrivilegedDeps, 'database' | 'vault'>, given: string): Promise<PinState> {
  const pin = normalisePrivilegedPin(given.trim());
  const state = pin && (await deps.database.ask((db) => pinByHash(db, deps.vault.hashes(pinKind, pin))));
  if (!state) throw new Failure('not-found', 'there is no such privileged PIN');
  return state;
}

/** Why it is no good any more, as it stands now: somebody was faster. */
async function gone(deps: Pick<PrivilegedDeps, 'database' | 'vault'>, pin: string): Promise<Failure> {
  const { state } = await known(deps, pin);
  return new Failure('conflict', state === 'good' ? why.used : why[state]);
}

/** Opens the window, once, and tells the primary. Fails with `not-found` and `conflict`, saying why. */
export async function redeemPrivileged(deps: PrivilegedDeps, pin: string, actor: string): Promise<PrivilegedWindow> {
  const { database, policy, shop, vault } = deps;
  const found = await known(deps, pin);
  if (found.state !== 'good') throw new Failure('conflict', why[found.state]);
  const { siteName, site, until, timezone, contactName } = found;
  const letters: PlannedLetter[] =
    found.primary === null
      ? []
      : [
          {
            ...plain,
            template: 'privileged-pin-used',
            values: { siteName, site, case: found.case, contact: contactName, until, timezone },
            to: found.primary,
            audience: 'contact',
            language: found.language,
            matter: `case:${found.case}`,
            case: found.case,
          },
        ];
  const ids = await database.ask((db) => drawLetterIds(db, letters.length));
  const cause = `privileged-pin-used:${found.id}`;
  const rows = await finishLetters(letters, ids, { shop, policy, at: found.now, cause, mail: null, vault });
  await database.transaction(async (tx) => {
    if (!(await redeem(tx, found.id, actor))) throw await gone(deps, pin);
    await insertLetters(
      tx,
      rows.map((row) => ({ ...row, caseId: found.caseId })),
      actor,
    );
    for (const row of rows)
      await putOnCase(tx, {
        caseId: found.caseId,
        letter: row.id,
        author: policy.desk.addresses.support,
        text: row.text,
      });
  });
  deps.relay.ring();
  return { ...shown(found), open: true };
}

/** Ends it at once, used or not. */
export async function revokePrivileged(
  deps: Pick<PrivilegedDeps, 'database' | 'vault'>,
  pin: string,
  actor: string,
): Promise<PrivilegedWindow> {
  const found = await known(deps, pin);
  const done = await deps.database.transaction((tx) => revoke(tx, found.id, actor));
  if (!done) throw await gone(deps, pin);
  return { ...shown(found), open: false };
}

/** Whether support may write now: by the PIN, or every open window of a site. */
export async function privilegedWindows(
  deps: Pick<PrivilegedDeps, 'database' | 'vault'>,
  by: { pin: string } | { site: string },
): Promise<{ open: boolean; windows: PrivilegedWindow[] }> {
  const { database } = deps;
  const site = 'site' in by ? by.site : null;
  const found = 'pin' in by ? [await known(deps, by.pin)] : await database.ask((db) => openWindows(db, site ?? ''));
  const windows = found.filter((one) => one.state === 'open').map(shown);
  return { open: windows.length > 0, windows };
}
