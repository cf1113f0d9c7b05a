import type { DecisionWords } from './decision-words-en.ts';

export const de: DecisionWords = {
  title: 'Zugang zum Support',
  first: (who: string, role: string) =>
    `${who} hat es als ${role} genehmigt. Das braucht zwei, die entscheiden: Genehmigen Sie unverändert, um zu bestätigen.`,
  firstTerms: { privileges: 'Berechtigungen', reason: 'Grund der Genehmigung', corrects: 'Berichtigt' },
  lead: (name, site) => `${name} bittet um Zugang zum Support für ${site}. Sie entscheiden.`,
  name: 'Name',
  address: 'Adresse',
  role: 'Gewünschte Rolle',
  phone: 'Telefon',
  why: 'Grund',
  none: 'keiner angegeben',
  site: 'Standort',
  number: 'Standortnummer',
  grant: 'Zugang genehmigen',
  as: 'Als',
  until: 'Bis, falls der Zugang enden soll (letzter Tag)',
  reasonNeeded: 'Grund; die Person hat keinen angegeben, er ist nötig',
  reasonMore: 'Grund, falls Sie einen anderen angeben möchten',
  deny: 'Zugang ablehnen',
  reasons: [
    'Wir kennen diese Person nicht',
    'Der Zugang ist nicht nötig',
    'Keine Geschäftsbeziehung zu diesem Standort',
  ],
  words: 'Worte an die Person, wenn Sie möchten',
  now: (minutes) =>
    `Die Person sofort benachrichtigen. Sonst erfährt sie es in ${minutes} Minuten, und bis dahin können Sie die Entscheidung zurücknehmen.`,
  code: 'Code aus unserer Nachricht',
  codeHelp: 'Er steht in der Nachricht mit diesem Link, zum Beispiel 7KQ2-M9XW. Ohne ihn wird nichts entschieden.',
  decide: 'Entscheiden',
  byMail:
    'Sie können stattdessen auf unsere Nachricht antworten. Weitere Berechtigungen sowie ein berichtigter Name oder ein berichtigtes Telefon sind nur in einer Antwort möglich.',
  codeWrong: (left) =>
    left === 1
      ? 'Das ist nicht der Code der Nachricht; es ist nichts entschieden. Sie haben noch einen Versuch.'
      : `Das ist nicht der Code der Nachricht; es ist nichts entschieden. Sie haben noch ${left} Versuche.`,
  faults: {
    'first-waits': 'Sie haben dies schon genehmigt; es wartet auf eine zweite Person, die entscheidet.',
    'no-code': 'Bitte geben Sie den Code aus unserer Nachricht ein. Es ist noch nichts entschieden.',
    'nothing-chosen': 'Bitte wählen Sie, ob Sie genehmigen oder ablehnen. Es ist noch nichts entschieden.',
    'no-denial-reason': 'Bitte wählen Sie einen Grund für die Ablehnung. Es ist noch nichts entschieden.',
    'day-unreadable': 'Bitte schreiben Sie den letzten Tag als 2026-12-31. Es ist noch nichts entschieden.',
    unreadable: 'Ein Feld ist nicht lesbar oder zu lang. Es ist noch nichts entschieden.',
    'more-than-own':
      'Sie können nicht mehr geben, als Sie selbst haben. Wählen Sie eine andere Rolle, oder bitten Sie die Hauptansprechperson zu entscheiden. Es ist noch nichts entschieden.',
    'too-many':
      'Der Standort hat so viele Zweitkontakte, wie er haben darf. Wählen Sie eine andere Rolle. Es ist noch nichts entschieden.',
    'no-reason':
      'Eine Genehmigung braucht einen Grund, und die Person hat keinen angegeben. Bitte schreiben Sie einen. Es ist noch nichts entschieden.',
    past: 'Dieser Tag ist vorbei. Wählen Sie einen kommenden Tag, oder lassen Sie das Feld leer. Es ist noch nichts entschieden.',
    else: 'Das war nicht möglich, und es ist nichts entschieden. Bitte antworten Sie auf unsere Nachricht.',
  },
  decidedTitle: 'Entschieden',
  granted: (site) => `Der Zugang zum Support für ${site} wurde genehmigt.`,
  denied: (site) => `Der Zugang zum Support für ${site} wurde abgelehnt.`,
  asNow: 'Als',
  untilDay: 'Bis',
  by: 'Entschieden von',
  us: 'unserem Support-Team oder jemandem, der nicht mehr da ist',
  when: 'Wann',
  ended: 'Dieser Zugang ist wie genehmigt zu Ende.',
  undo: 'Die erste Entscheidung zählt. Wer entschieden hat, kann sie eine Weile zurücknehmen: mit RÜCKGÄNGIG als Antwort auf die Nachricht, die sie bestätigt.',
  closed: {
    waits:
      'Sie haben dies genehmigt; es wartet auf eine zweite Person, die entscheidet. Um es zurückzuziehen, antworten Sie RÜCKGÄNGIG auf unsere Nachricht.',
    spent:
      'Die Entscheidung von dieser Seite wurde zurückgenommen. Um neu zu entscheiden, antworten Sie auf unsere letzte Nachricht zu dieser Anfrage.',
    over: 'Diese Anfrage hat zu lange gewartet, um hier entschieden zu werden. Braucht die Person den Zugang noch, antworten Sie bitte auf unsere Nachricht.',
    locked:
      'Auf dieser Seite wurden zu viele falsche Codes eingegeben; sie nimmt keinen mehr an. Bitte antworten Sie auf unsere Nachricht, um zu entscheiden.',
    'no-right':
      'Sie dürfen über diese Anfrage nicht mehr entscheiden; deshalb wird nichts davon gezeigt. Halten Sie das für einen Irrtum, antworten Sie auf unsere Nachricht.',
  },
  overTitle: 'Diese Seite ist nicht offen',
  notFound:
    'Der Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus unserer Nachricht, oder antworten Sie einfach darauf.',
};
