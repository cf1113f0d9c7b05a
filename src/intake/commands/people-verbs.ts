/**
 * How a line about people begins. The word of the table first is the way that letters show; beside it people write a sentence: `Please add Ada
 * Byron (ada@firm.example) as a user`, `ada@firm.example bitte entfernen`.
 */
import { fold } from '../../mail/fold-width.ts';
import { byWord, type PeopleWord, peopleWords } from './people-words.ts';

export type Begun = {
  readonly word: PeopleWord;
  /** The number of a site behind the word; empty where none is named. */
  readonly site: string;
  /** What stands beside the word. */
  readonly text: string;
  /** It is a sentence: all of it has to be understood. */
  readonly loose: boolean;
};

const strict = byWord(peopleWords);

/** Folded: no accents, small letters. A part that a verb leaves behind stands behind the slash. */
const verbs: Readonly<Record<PeopleWord, string>> = {
  ADD: 'add|enter|register|ajoutez|ajoute|inscrivez|anada|agregue|agrega|anade|fuge/hinzu|fugen sie/hinzu|trage/ein|tragen sie/ein|tragt/ein|nehmen sie/auf|nimm/auf',
  REMOVE:
    'remove|delete|drop|retirez|retire|supprimez|supprime|enlevez|elimine|elimina|quite|quita|borre|entferne|entfernen sie|losche|loschen sie|streiche|trage/aus|tragen sie/aus|nehmen sie/heraus',
  ROLE: 'make|mach|mache|machen sie|nommez|nombre|haga|haz',
  PRIVILEGE: '',
  DOCUMENTS: '',
};
const byVerb = Object.entries(verbs).flatMap(([word, list]) =>
  list
    .split('|')
    .filter((one) => one !== '')
    .map((one) => {
      const [verb = '', part = ''] = one.split('/');
      return { word: word as PeopleWord, verb, part };
    }),
);
/** German puts it last. */
const atEnd: Readonly<Record<string, PeopleWord>> = {
  hinzufugen: 'ADD',
  eintragen: 'ADD',
  aufnehmen: 'ADD',
  anlegen: 'ADD',
  entfernen: 'REMOVE',
  loschen: 'REMOVE',
  austragen: 'REMOVE',
  streichen: 'REMOVE',
};

const lead = /^[\s*_"'“„«`•·\-–]*/u;
const courtesy =
  /^(?:(?:hello|hi|hallo|bonjour|hola)[\s,!]+)?(?:(?:please|kindly|could you(?: please)?|can you(?: please)?|bitte|merci (?:de |d['’])|veuillez|svp|s['’]il vous plaît|por favor|favor de)[\s,:]*)+/iu;
const wordFirst = /^(\p{L}{2,20})(?:[:：]\s*|\s+)(.*)$/su;
const site = /^(?:(\d{7})\s+)?(.*)$/su;
const japanese =
  /^(.*?)\s*(?:を|の)?\s*(追加|登録|削除|変更)(?:して(?:ください|下さい|頂けますか|いただけますか)|を?お?願い(?:します|いたします|致します))[\s.!]*$/su;

function of(word: PeopleWord, text: string, loose: boolean): Begun {
  const [, number = '', rest = ''] = site.exec(text.trim()) ?? [];
  // `REMOVE DOCUMENTS kay@firm.example` takes nobody off the site.
  const [, first = '', behind = ''] = wordFirst.exec(rest) ?? [];
  if ((word === 'ADD' || word === 'REMOVE') && strict.get(fold(first)) === 'DOCUMENTS')
    return { word: 'DOCUMENTS', site: number, text: `${word} ${behind}`, loose };
  return { word, site: number, text: rest, loose };
}

/** `Fügen Sie Ada … hinzu`: both halves, or it is another verb. */
function byHalves(text: string): Begun | null {
  const small = fold(text);
  for (const { word, verb, part } of byVerb) {
    if (!small.startsWith(verb) || !/^[\s:]/.test(small.slice(verb.length))) continue;
    const left = text
      .slice(verb.length)
      .replace(/[\s.!]+$/, '')
      .replace(/^[\s:]+(?:bitte|please|doch)\s/i, ' ');
    if (part === '') return of(word, left, true);
    const [rest, last] = [left.slice(0, -part.length), fold(left.slice(-part.length))];
    if (last === part && /\s$/.test(rest)) return of(word, rest, true);
  }
  return null;
}

function inJapanese(text: string): Begun | null {
  const [, said, verb] = japanese.exec(text) ?? [];
  if (said === undefined) return null;
  if (verb === '削除') return of('REMOVE', said, true);
  if (verb !== '変更') return of('ADD', said, true);
  return of(said.includes('権限') ? 'PRIVILEGE' : 'ROLE', said, true);
}

/** The line in half-width letters; null where it begins in no such way. */
export function begunAs(line: string): Begun | null {
  const from = line.replace(lead, '');
  const [, first = '', behind = ''] = wordFirst.exec(from) ?? [];
  const word = strict.get(fold(first));
  if (word) return of(word, behind, false);
  const text = from.replace(courtesy, '');
  const [, second = '', rest = ''] = wordFirst.exec(text) ?? [];
  const polite = text === from ? undefined : strict.get(fold(second));
  if (polite) return of(polite, rest, true);
  const half = byHalves(text);
  if (half) return half;
  const [, before = '', last = ''] = /^(.*\S)\s+(\p{L}{5,12})[\s.!]*$/su.exec(text) ?? [];
  const end = atEnd[fold(last)];
  if (end) return of(end, before.replace(/[\s,]+bitte$/iu, ''), true);
  return inJapanese(text);
}
