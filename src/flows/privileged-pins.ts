/** Issuing, redeeming and revoking privileged PINs (POLICY §1). No message of a failure and no result shows one. */
import { actorOf, type By } from '../changes/by.ts';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { ContactId } from '../foundation/ids.ts';
import { normalisePrivilegedPin } from '../foundation/pin-form.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import { mayHavePrivilegedPin, privilegedPinHours } from '../registry/permissions.ts';
import { writeChanges } from '../store/changes/write.ts';
import { openWindows, type PinState, pinByHash, subjectOf } from '../store/privileged-pins.ts';
import type { Sealer } from '../vault/seal.ts';
import { type LetterDeps, sendLetters } from './letters/send.ts';
import { drawPin, pinKind } from './privileged-secrets.ts';

export type PrivilegedDeps = LetterDeps & {
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
  by: By,
): Promise<IssuedPrivileged> {
  const { vault } = deps;
  const subject = await subjectOf(deps.database, asked);
  if (!mayHavePrivilegedPin(subject.role))
    throw new Failure('conflict', 'only a primary, a secondary or a technical contact gets a privileged PIN');
  if (!subject.caseOpen) throw new Failure('conflict', `case ${subject.case} is closed`);
  if (!subject.reachable)
    throw new Failure('conflict', 'the address on record does not take mail for certain; have it put right first');
  const pin = drawPin();
  const hash = vault.hash(pinKind, pin);
  const matter = `privileged-pin:${hash.toString('hex').slice(0, 16)}`;
  const { siteName, site, until, timezone } = subject;
  const letter: PlannedLetter = {
    ...plain,
    template: 'privileged-pin',
    values: { siteName, site, case: subject.case, pin, until, timezone },
    to: subject.address,
    audience: 'contact',
    language: subject.language,
    matter,
    case: subject.case,
  };
  const occasion = { cause: matter, actor: actorOf(by), now: subject.now, caseId: subject.caseId };
  const [written] = await sendLetters(deps, [letter], occasion, async (tx, write) => {
    const { contact, address, caseId, now: at } = subject;
    const of = { case: subject.case, caseId, contact: contact as ContactId, address, hours: privilegedPinHours };
    await writeChanges(tx, [
      { kind: 'privileged-pin-issued', ...of, letterAt: 0, hash: hash.toString('hex'), pin: null, at, by },
    ]);
    const rows = await write();
    // One that nobody is told is none.
    if (rows[0]?.state === 'suppressed') throw new Failure('conflict', rows[0].stateReason ?? '');
    return rows;
  });
  return { site, case: subject.case, contact: subject.contact, letter: written?.id ?? '', until };
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

const ofPin = ({ id, case: on, caseId, contact, now }: PinState) => ({
  pin: id,
  case: on,
  caseId,
  contact: contact as ContactId,
  at: now,
});
async function orGone<T>(deps: Pick<PrivilegedDeps, 'database' | 'vault'>, pin: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isFailure(error, 'facts-stale') ? await gone(deps, pin) : error;
  }
}

/** Opens the window, once, and tells the primary. Fails with `not-found` and `conflict`, saying why. */
export async function redeemPrivileged(deps: PrivilegedDeps, pin: string, by: By): Promise<PrivilegedWindow> {
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
            matter: `privileged-pin:${found.id}`,
            case: found.case,
          },
        ];
  const cause = `privileged-pin-used:${found.id}`;
  await sendLetters(
    deps,
    letters,
    { cause, actor: actorOf(by), now: found.now, caseId: found.caseId },
    async (tx, write) => {
      await orGone(deps, pin, writeChanges(tx, [{ kind: 'privileged-pin-used', ...ofPin(found), by }]));
      await write();
    },
  );
  return { ...shown(found), open: true };
}

/** Ends it at once, used or not. */
export async function revokePrivileged(
  deps: Pick<PrivilegedDeps, 'database' | 'vault'>,
  pin: string,
  by: By,
): Promise<PrivilegedWindow> {
  const found = await known(deps, pin);
  await deps.database.transaction((tx) =>
    orGone(deps, pin, writeChanges(tx, [{ kind: 'privileged-pin-revoked', ...ofPin(found), by }])),
  );
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
