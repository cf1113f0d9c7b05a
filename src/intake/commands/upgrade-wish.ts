/**
 * `UPGRADE <plan>` (POLICY §7) as people write it: `Upgrade to the premier plan, please`. Most lines that begin with the word tell of an update
 * of the software, so that nothing else may stand in it than a plan, or what is nearly one.
 */
import { planMeant, planNamed } from '../../acts/registry/plan-names.ts';

/** Beside the plan, in the languages of the templates. Folded: no accents, small letters. */
const fillers = new Set(
  [
    'to the a our your site for of plan plans support contract please from now on',
    'auf zu zum zur den die das unser unseren unsere vertrag supportvertrag bitte fur standort',
    'vers a au en le la un une notre contrat assistance site pour svp merci de passer offre formule',
    'al el un una nuestro contrato soporte por favor para sede',
  ].flatMap((line) => line.split(' ')),
);

/** What Japanese puts around the names: `プレミアプランへのアップグレードをお願いします`. */
const japanese =
  /^(?<before>\S{1,20}?)?\s?(?:プラン)?(?:への|へ|に|の)?アップグレード[\s:]{0,3}(?:を?希望(?:します|いたします)?|を?お願い(?:します|いたします)?|したい(?:です)?)?[\s:]{0,3}(?<behind>\S{1,20}?)?(?:プラン)?(?:を?希望(?:します)?|を?お願いします)?$/u;

type Wish = {
  /** As it was written, without what stands beside it; empty where only the word stands there. */
  readonly plan: string;
  /** The number or PIN of a site. */
  readonly site: string;
};

function inJapanese(line: string): Wish | null {
  const { before = '', behind = '' } = japanese.exec(line)?.groups ?? {};
  const plan = before || behind;
  return line.includes('アップグレード') && (planNamed(plan) || planMeant(plan)) ? { plan, site: '' } : null;
}

/** `words` are those of the command, folded and in small letters; the line is folded. Null where it is text. */
export function readUpgrade(line: string, words: readonly string[]): Wish | null {
  const japaneseWish = inJapanese(line);
  if (japaneseWish) return japaneseWish;
  const word = words.find((one) => line.startsWith(one) && /^(?:[\s:]|$)/.test(line.slice(one.length)));
  if (word === undefined) return null;
  const rest = line
    .slice(word.length)
    .replace(/[:,!"“”«»()]/g, ' ')
    .replace(/s['’]il (?:vous|te) plait/, ' ')
    .split(/\s+/)
    .filter((one) => one !== '');
  const site = rest.length > 1 && /^\d{3,10}$/.test(rest.at(-1) ?? '') ? (rest.pop() ?? '') : '';
  if (rest.length === 0) return { plan: '', site };
  const from = rest.findIndex((one) => !fillers.has(one));
  const to = rest.findLastIndex((one) => !fillers.has(one)) + 1;
  // A name may begin or end with what is a filler elsewhere.
  for (let a = from; a >= 0; a -= 1)
    for (let b = to; b <= rest.length; b += 1) {
      const plan = rest.slice(a, b).join(' ');
      if (planNamed(plan)) return { plan, site };
    }
  const near = rest.slice(Math.max(from, 0), to).join(' ');
  return planMeant(near) ? { plan: near, site } : null;
}
