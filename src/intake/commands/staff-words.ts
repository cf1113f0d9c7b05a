/**
 * The words by which engineers act from mail (POLICY §5.4), in the languages of the templates. The English word counts in every language.
 * An answer that begins with one is asked back, so there are few, and none that prose of another language begins with (TYPE).
 */
import type { CaseKind } from '../../cases/case.ts';
import { commandWords } from './commands.ts';

export const staffCommandNames = [
  'TAKE',
  'ASSIGN',
  'NOTE',
  'SOLVED',
  'WAIT',
  'SEVERITY',
  'KIND',
  'CLOSE',
  'ESCALATE',
  'CANCEL',
] as const;
export type StaffCommandName = (typeof staffCommandNames)[number];

type Words = { readonly [language in 'en' | 'de' | 'fr' | 'es' | 'ja']: readonly string[] };

/** The first word of a language is the one that letters show. */
export const staffWords: Readonly<Record<StaffCommandName, Words>> = {
  TAKE: { en: ['TAKE'], de: ['ÜBERNEHMEN'], fr: ['PRENDRE'], es: ['TOMAR'], ja: ['引き受け', '引き受けます'] },
  ASSIGN: {
    en: ['ASSIGN'],
    de: ['ZUWEISEN', 'ZUTEILEN'],
    fr: ['ATTRIBUER', 'ASSIGNER'],
    es: ['ASIGNAR'],
    ja: ['割り当て', '担当変更'],
  },
  NOTE: { en: ['NOTE'], de: ['NOTIZ', 'INTERNE NOTIZ'], fr: ['NOTE'], es: ['NOTA'], ja: ['メモ', '社内メモ'] },
  SOLVED: {
    en: ['SOLVED', 'RESOLVED'],
    de: ['GELÖST'],
    fr: ['RÉSOLU'],
    es: ['RESUELTO', 'SOLUCIONADO'],
    ja: ['解決', '解決済み', '解決済'],
  },
  WAIT: {
    en: ['WAIT'],
    de: ['WARTEN'],
    fr: ['ATTENDRE'],
    es: ['ESPERAR'],
    ja: ['待機', '返答待ち'],
  },
  SEVERITY: { ...commandWords.SEVERITY, en: [...commandWords.SEVERITY.en, 'SEV'] },
  KIND: { en: ['KIND'], de: ['FALLART'], fr: ['CATÉGORIE'], es: ['TIPO'], ja: ['種別', '種類'] },
  CLOSE: commandWords.CLOSE,
  ESCALATE: { ...commandWords.ESCALATE, ja: [...commandWords.ESCALATE.ja, 'エスカレート'] },
  CANCEL: {
    en: ['CANCEL'],
    de: ['ABBRECHEN', 'STORNIEREN'],
    fr: ['ANNULER'],
    es: ['CANCELAR', 'ANULAR'],
    ja: ['取り消し', '取消', 'キャンセル'],
  },
};

/** Lets go what was asked back about. It counts in the answer to that letter alone, so that `Send me the log` stays text. */
export const sendWords: Words = { en: ['SEND'], de: ['SENDEN'], fr: ['ENVOYER'], es: ['ENVIAR'], ja: ['送信'] };

/** What `KIND` is followed by. */
export const kindWords: Readonly<Record<CaseKind, Words>> = {
  incident: {
    en: ['incident'],
    de: ['Störung', 'Vorfall'],
    fr: ['incident'],
    es: ['incidente'],
    ja: ['インシデント', '障害'],
  },
  question: { en: ['question'], de: ['Frage'], fr: ['question'], es: ['pregunta', 'consulta'], ja: ['質問'] },
  defect: {
    en: ['defect', 'bug'],
    de: ['Fehler', 'Defekt'],
    fr: ['défaut', 'anomalie'],
    es: ['defecto'],
    ja: ['不具合', '欠陥'],
  },
  enhancement: {
    en: ['enhancement'],
    de: ['Erweiterung', 'Verbesserung'],
    fr: ['amélioration', 'évolution'],
    es: ['mejora'],
    ja: ['改善', '機能要望'],
  },
  preview: { en: ['preview'], de: ['Vorschau'], fr: ['préversion', 'aperçu'], es: ['preliminar'], ja: ['プレビュー'] },
  licensing: {
    en: ['licensing', 'licence', 'license'],
    de: ['Lizenzierung', 'Lizenz'],
    fr: ['licence'],
    es: ['licencia', 'licencias'],
    ja: ['ライセンス'],
  },
  feedback: {
    en: ['feedback'],
    de: ['Rückmeldung'],
    fr: ['retour'],
    es: ['comentario', 'comentarios'],
    ja: ['フィードバック', '意見'],
  },
};

/**
 * Words that are commands elsewhere: of customers, of the API and the command line. One that stands alone in the first line was meant as a
 * command, and is asked back.
 */
export const otherCommandWords: readonly string[] = [
  ...Object.entries(commandWords).flatMap(([name, words]) => (name === 'CLOSE' ? [] : Object.values(words).flat())),
  ...['MERGE', 'LINK', 'RELEASE', 'REFUSE', 'REPLY', 'OUT OF SCOPE', 'OUT-OF-SCOPE', 'GRANT', 'DENY', 'UNDO'],
];
