/**
 * Self-service by mail (POLICY §7): the words, in the languages of the templates, and when a mail is one. The English word
 * counts in every language. A command is the whole first line of the new text, or the whole subject: `CLOSE dialog hangs` is text.
 */

import { planNamed } from '../../acts/registry/plan-names.ts';
import { firstLine } from '../../mail/first-line.ts';
import { fold, foldWidth } from '../../mail/fold-width.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import { besidePin } from '../../mail/pin-reader/pin-reader.ts';
import { stripPrefixes, titleOf } from '../../mail/subject/subject.ts';
import { type ReadLine, type ReadLines, readPeopleLines } from './people-lines.ts';
import { peopleWords } from './people-words.ts';
import { readRegister } from './register-wish.ts';
import { readSubscription, wishText } from './subscription-wish.ts';
import { readUpgrade } from './upgrade-wish.ts';

/** Those that are acted on. The others of §7 are text until they are. */
export const commandNames = [
  'HELP',
  'PIN',
  'PIN PRIVILEGED',
  'CASES',
  'STATUS',
  'CLOSE',
  'REOPEN',
  'LICENCES',
  'ESCALATE',
  'SEVERITY',
  'LEAVE',
  'REGISTER',
  'DOCUMENTS',
  'USERS',
  'CONTACTS',
  'CONTACTS CONFIRM',
  'ADD',
  'REMOVE',
  'ROLE',
  'PRIVILEGE',
  'UPGRADE',
  'UNSUBSCRIBE',
  'SUBSCRIBE',
] as const;
export type CommandName = (typeof commandNames)[number];

/** They act on the case that is answered. */
export const isOnCase = (name: CommandName): boolean =>
  ['CLOSE', 'REOPEN', 'ESCALATE', 'SEVERITY', 'LEAVE'].includes(name);

type Words = { readonly [language in 'en' | 'de' | 'fr' | 'es' | 'ja']: readonly string[] };

/** The first word of a language is the one that letters show. */
export const commandWords: Readonly<Record<CommandName, Words>> = {
  HELP: { en: ['HELP'], de: ['HILFE'], fr: ['AIDE'], es: ['AYUDA'], ja: ['ヘルプ'] },
  PIN: { en: ['PIN'], de: ['PIN'], fr: ['PIN'], es: ['PIN'], ja: ['PIN', 'PIN番号'] },
  'PIN PRIVILEGED': {
    en: ['PIN PRIVILEGED'],
    de: ['PIN PRIVILEGIERT', 'PRIVILEGIERTE PIN'],
    fr: ['PIN PRIVILÉGIÉ', 'PIN PRIVILEGIE'],
    es: ['PIN PRIVILEGIADO'],
    ja: ['特権PIN', 'PIN 特権'],
  },
  CASES: {
    en: ['CASES'],
    de: ['FÄLLE', 'VORGÄNGE'],
    fr: ['DOSSIERS', 'DEMANDES'],
    es: ['CASOS'],
    ja: ['ケース一覧', 'ケース'],
  },
  STATUS: {
    en: ['STATUS'],
    de: ['STATUS', 'STAND'],
    fr: ['STATUT', 'ÉTAT'],
    es: ['ESTADO'],
    ja: ['状況', 'ステータス'],
  },
  CLOSE: {
    en: ['CLOSE'],
    de: ['SCHLIESSEN', 'SCHLIEßEN', 'ABSCHLIESSEN', 'ABSCHLIEßEN'],
    fr: ['CLORE', 'CLÔTURER', 'FERMER'],
    es: ['CERRAR'],
    ja: ['クローズ', '終了'],
  },
  REOPEN: {
    en: ['REOPEN'],
    de: ['WIEDERERÖFFNEN', 'WIEDER ÖFFNEN', 'WIEDERÖFFNEN'],
    fr: ['ROUVRIR'],
    es: ['REABRIR'],
    ja: ['再開'],
  },
  ESCALATE: { en: ['ESCALATE'], de: ['ESKALIEREN'], fr: ['ESCALADER'], es: ['ESCALAR'], ja: ['エスカレーション'] },
  SEVERITY: {
    en: ['SEVERITY'],
    de: ['SCHWEREGRAD'],
    fr: ['GRAVITÉ', 'SÉVÉRITÉ'],
    es: ['GRAVEDAD', 'SEVERIDAD'],
    ja: ['重大度'],
  },
  LEAVE: {
    en: ['LEAVE', 'UNSUBSCRIBE CASE'],
    de: ['AUSTRETEN'],
    fr: ['QUITTER'],
    es: ['SALIR'],
    ja: ['退出'],
  },
  USERS: {
    en: ['USERS'],
    de: ['BENUTZER', 'NUTZER'],
    fr: ['UTILISATEURS'],
    es: ['USUARIOS'],
    ja: ['ユーザー一覧', '利用者一覧'],
  },
  CONTACTS: {
    en: ['CONTACTS'],
    de: ['ANSPRECHPERSONEN', 'ANSPRECHPARTNER', 'KONTAKTE'],
    fr: ['CONTACTS'],
    es: ['CONTACTOS'],
    ja: ['連絡先一覧'],
  },
  'CONTACTS CONFIRM': {
    en: ['CONTACTS CONFIRM', 'CONFIRM CONTACTS'],
    de: ['ANSPRECHPERSONEN BESTÄTIGEN', 'ANSPRECHPARTNER BESTÄTIGEN', 'KONTAKTE BESTÄTIGEN'],
    fr: ['CONTACTS CONFIRMER', 'CONFIRMER CONTACTS'],
    es: ['CONTACTOS CONFIRMAR', 'CONFIRMAR CONTACTOS'],
    ja: ['連絡先確認', '連絡先一覧確認'],
  },
  ...peopleWords,
  UPGRADE: {
    en: ['UPGRADE'],
    de: ['UPGRADE', 'HOCHSTUFEN'],
    fr: ['UPGRADE', 'SURCLASSER', 'MISE À NIVEAU'],
    es: ['AMPLIAR', 'MEJORAR'],
    ja: ['アップグレード'],
  },
  UNSUBSCRIBE: {
    en: ['UNSUBSCRIBE'],
    de: ['ABBESTELLEN', 'ABMELDEN'],
    fr: ['DÉSABONNER', 'DÉSINSCRIRE'],
    es: ['BAJA', 'DARSE DE BAJA'],
    ja: ['配信停止', '購読解除'],
  },
  SUBSCRIBE: {
    en: ['SUBSCRIBE'],
    de: ['ABONNIEREN'],
    fr: ['ABONNER', 'S’ABONNER'],
    es: ['SUSCRIBIR', 'SUSCRIBIRSE'],
    ja: ['配信再開', '購読再開'],
  },
  REGISTER: {
    en: ['REGISTER', 'REGISTRATION'],
    de: ['REGISTRIEREN', 'REGISTRIERUNG', 'REGISTRIERE', 'LIZENZREGISTRIERUNG', 'PRODUKTREGISTRIERUNG'],
    fr: ['ENREGISTRER', 'ENREGISTREMENT'],
    es: ['REGISTRAR', 'REGISTRO'],
    ja: ['登録', '製品登録', 'ライセンス登録'],
  },
  LICENCES: {
    en: ['LICENCES', 'LICENSES'],
    de: ['LIZENZEN'],
    fr: ['LICENCES'],
    es: ['LICENCIAS'],
    ja: ['ライセンス'],
  },
};

/** They are about the people of the sender's sites, who have to be known. */
export const asksForPeople = (name: CommandName): boolean =>
  name === 'USERS' || name === 'CONTACTS' || name === 'CONTACTS CONFIRM' || Object.hasOwn(peopleWords, name);

/** They are about letters that can be ended (§10.6). */
export const isAboutSubscriptions = (name: CommandName): boolean => name === 'UNSUBSCRIBE' || name === 'SUBSCRIBE';

/** The word as letters in that language show it. */
export function wordFor(name: CommandName, language: string): string {
  const base = (language.split('-')[0] ?? 'en') as keyof Words;
  return (commandWords[name][base] ?? commandWords[name].en)[0] ?? name;
}

export type Command = {
  readonly name: CommandName;
  /** What stands behind the word: the number of a case or of a site, digits only; a severity; a plan; a licence. Empty where nothing does. */
  readonly argument: string;
  /** The number or PIN of a site that stands behind the argument. */
  readonly site?: string;
  readonly in: 'line' | 'subject';
  /** The new text without the command. */
  readonly rest: string;
  /** `PIN 1000345` is a command only where the digits are the number of a site of the sender, and no PIN. */
  readonly maybePin: boolean;
  /** Of a command about people: each line of it; and whether they may be words like any other. */
  readonly lines?: readonly ReadLine[];
  readonly perhaps?: boolean;
};

const byWord = new Map(
  commandNames.flatMap((name) =>
    Object.values(commandWords[name]).flatMap((words) => words.map((word) => [fold(word), name] as const)),
  ),
);

const longest = 60;
/** Of a register, which is put in many words. */
const longestRegister = 100;
const trimmed = /^[\s*_"'“”„«»`]+|[\s*_"'“”„«»`.。]+$/gu;
const withNumber =
  /^(\S{1,20})\s{1,5}(?:\[?\s?(?:case|fall|vorgang|dossier|caso|ケース|site|standort|sitio)\s?)?(?:#|no\.?\s?|nr\.?\s?|n°\s?)?([0-9]{3,10})\]?$/iu;

/** What they are nothing without. */
const values: Readonly<Partial<Record<CommandName, RegExp>>> = {
  SEVERITY: /^[1-4]$/,
  // They are read by their address.
  ADD: /(?!)/,
  REMOVE: /(?!)/,
  ROLE: /(?!)/,
  PRIVILEGE: /(?!)/,
  // By kinds of letters.
  UNSUBSCRIBE: /(?!)/,
  SUBSCRIBE: /(?!)/,
};

const registerWords = [...byWord].flatMap(([word, name]) => (name === 'REGISTER' ? [word] : []));
const upgradeWords = [...byWord].flatMap(([word, name]) => (name === 'UPGRADE' ? [word] : []));

function readLine(line: string): Pick<Command, 'name' | 'argument' | 'site' | 'maybePin'> | null {
  const wish = readSubscription(line);
  if (wish) return { name: wish.wanted ? 'SUBSCRIBE' : 'UNSUBSCRIBE', argument: wishText(wish), maybePin: false };
  if (line.length > longestRegister) return null;
  const folded = foldWidth(line).replace(trimmed, '').replace(/ {2,}/g, ' ');
  const small = fold(folded);
  if (registerWords.some((word) => small.includes(word))) {
    const licence = readRegister(small, registerWords);
    return licence === null ? null : { name: 'REGISTER', argument: licence, maybePin: false };
  }
  if (line.length > longest) return null;
  if (upgradeWords.some((word) => small.includes(word))) {
    const wish = readUpgrade(small, upgradeWords);
    return wish && { name: 'UPGRADE', argument: wish.plan, site: wish.site, maybePin: false };
  }
  const whole = byWord.get(small);
  if (whole && !values[whole]) return { name: whole, argument: '', maybePin: false };
  const [, named = '', value = ''] = /^(\S{1,20})\s{1,5}(\S{1,8})$/u.exec(folded) ?? [];
  const own = byWord.get(fold(named));
  if (own && values[own]?.test(value)) return { name: own, argument: value.toLowerCase(), maybePin: false };
  const [, word = '', argument = ''] = withNumber.exec(folded) ?? [];
  const name = byWord.get(fold(word));
  if (!name || name === 'HELP' || values[name]) return null;
  return { name, argument, maybePin: name === 'PIN' };
}

const numberAlone = /^[^\p{L}\p{N}]*([0-9]{3,10})[^\p{L}\p{N}]*$/u;

/** Below this a body beside a PIN and a word in the subject is a greeting; above it somebody reports something (§3.r14). */
const wordsOfAReport = 12;

/** `Upgrade` or `Register` alone above a text, or beside a PIN, is what the text is about; `Unsubscribe` above more than a greeting. */
function isTopic({ name, argument }: Pick<Command, 'name' | 'argument'>, beside: string, pins: readonly string[]) {
  if (argument !== '') return false;
  if (isAboutSubscriptions(name)) return pins.length > 0 || beside.split(/\s+/).length > wordsOfAReport;
  return (name === 'UPGRADE' || name === 'REGISTER') && (beside !== '' || pins.length > 0);
}

/** The licence may stand in a labelled line below the word. */
const withLicence = <T extends Pick<Command, 'name' | 'argument'>>(command: T, licences: readonly string[] = []): T =>
  command.name === 'REGISTER' && command.argument === '' && licences.length === 1
    ? { ...command, argument: licences[0] ?? '' }
    : command;

const ofPeople = ({ word: name, site: argument, lines, perhaps }: ReadLines) =>
  ({ name, argument, maybePin: false, lines, perhaps }) as const;

/** Null where the mail is none. Linear in the text. */
export function readCommand(
  facts: Pick<MailFacts, 'subject' | 'newText' | 'nothingOwn' | 'pins'> & Partial<Pick<MailFacts, 'licenceNumbers'>>,
): Command | null {
  const text = facts.nothingOwn ? '' : facts.newText;
  const first = firstLine(text.slice(0, 2_000));
  const people = readPeopleLines(first, text);
  if (people) return { ...ofPeople(people), in: 'line', rest: people.rest };
  const line = readLine(first);
  if (line) {
    const ofLine = withLicence(line, facts.licenceNumbers);
    const rest = text.slice(text.indexOf(first) + first.length).trim();
    if (isTopic(ofLine, rest, facts.pins)) return null;
    // The word with its number on the line below is a PIN and no question for one.
    const below =
      ofLine.name === 'PIN' && ofLine.argument === '' ? numberAlone.exec(foldWidth(firstLine(rest)))?.[1] : undefined;
    if (below !== undefined) return { ...ofLine, argument: below, maybePin: true, in: 'line', rest };
    return { ...ofLine, in: 'line', rest };
  }
  const subject = stripPrefixes(facts.subject);
  const title = titleOf(facts.subject, '');
  const inSubject = readPeopleLines(title, title) ?? readPeopleLines(subject, subject);
  if (inSubject) return { ...ofPeople(inSubject), in: 'subject', rest: text.trim() };
  const alone = readLine(title) ?? readLine(subject);
  const ofSubject = alone && withLicence(alone, facts.licenceNumbers);
  if (!ofSubject || isTopic(ofSubject, text.trim(), facts.pins)) return null;
  const isLong = text.split(/\s+/).length > wordsOfAReport;
  const namesPin = () => facts.pins.length > 0 || (ofSubject.name !== 'PIN' && besidePin(facts).length > 0);
  // Why somebody wants another plan goes along to whoever is asked for it.
  const whole = ofSubject.name === 'UPGRADE' && planNamed(ofSubject.argument) !== null;
  const report = !ofSubject.maybePin && !whole && isLong && namesPin();
  return report ? null : { ...ofSubject, in: 'subject', rest: text.trim() };
}
