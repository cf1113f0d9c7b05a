/** What people call the plans, in the languages of the letters, and what letters call them there. Widths are folded before it is read. */
import { nearestWord } from '../../foundation/nearest-word.ts';
import { type PlanKind, planKinds } from '../../registry/site.ts';

/** Compared without case, accents and white space. */
const names: Readonly<Record<PlanKind, readonly string[]>> = {
  standard: ['standard', 'basis', 'Basisplan', 'base', 'estándar', 'básico', 'スタンダード', '標準'],
  '24x7': [
    ...['24x7', '24×7', '24*7', '24/7', '24-7', '7x24', '7/24', '24h', '24h/24', '24/24', '24h/7', '24h/7j', '24h/7d'],
    ...['24h/24 7j/7', '24h/24 et 7j/7', '7j/7', '24/7/365', '24x7x365', 'around the clock', 'round the clock'],
    ...['rund um die Uhr', '24 Stunden', '24 heures sur 24', '24 horas', '24時間', '24時間365日'],
  ],
  premier: ['premier', 'premium', 'Premiumplan', 'étendue', 'ampliado', 'プレミア', 'プレミアム', 'プレミアー'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s,]+/g, '');

const byName = new Map(planKinds.flatMap((kind) => names[kind].map((name) => [plain(name), kind] as const)));

export const planNamed = (text: string): PlanKind | null => byName.get(plain(text)) ?? null;

/** Short words are near too many. */
const leastMistyped = 5;
const long = [...byName.keys()].filter((name) => name.length >= leastMistyped && !/^\d/.test(name));

/** The plan that a name was meant as; null: it is one, or near none. */
export function planMeant(text: string): PlanKind | null {
  const word = plain(text);
  if (byName.has(word) || word.length < leastMistyped) return null;
  const near = nearestWord(long, word);
  return near === null ? null : (byName.get(near) ?? null);
}
