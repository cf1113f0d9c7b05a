/** The words of the page of a decision, in five languages. */
import type { PageLanguage } from '../languages.ts';
import { de } from './decision-words-de.ts';
import { type DecisionWords, en } from './decision-words-en.ts';
import { es } from './decision-words-es.ts';
import { fr } from './decision-words-fr.ts';
import { ja } from './decision-words-ja.ts';

const all = { en, de, fr, es, ja } as const satisfies Record<PageLanguage, DecisionWords>;
export const decisionWords = (language: PageLanguage): DecisionWords => all[language];
