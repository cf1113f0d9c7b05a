/**
 * Contrast of the tokens of the console (WCAG 2.2, 1.4.3 and 1.4.11), computed from its style sheet.
 * `node docs/make/contrast.ts` prints the table of docs/design.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Theme = Readonly<Record<string, string>>;
export type Tokens = { readonly light: Theme; readonly dark: Theme };

/** Of every `--name: light-dark(#…, #…)`. */
export function tokensOf(sheet: string): Tokens {
  const found = [...sheet.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  return {
    light: Object.fromEntries(found.map(([, name, light]) => [name, light])),
    dark: Object.fromEntries(found.map(([, name, , dark]) => [name, dark])),
  };
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

export const inks = ['ink', 'ink-2', 'ink-3', 'accent', 'good', 'warn', 'bad'] as const;
export const grounds = ['bg', 'panel', 'raise', 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft'] as const;

export function contrastTable({ light, dark }: Tokens): string {
  const cell = (theme: Theme, ink: string, ground: string) =>
    contrast(theme[ink] ?? '', theme[ground] ?? '').toFixed(1);
  return [
    `| Ink, light / dark | ${grounds.map((ground) => `\`${ground}\``).join(' | ')} |`,
    `| --- | ${grounds.map(() => '---').join(' | ')} |`,
    ...inks.map(
      (ink) =>
        `| \`${ink}\` | ${grounds.map((ground) => `${cell(light, ink, ground)} / ${cell(dark, ink, ground)}`).join(' | ')} |`,
    ),
  ].join('\n');
}

if (import.meta.main) {
  const sheet = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'web', 'assets', 'console.css'), 'utf8');
  process.stdout.write(`${contrastTable(tokensOf(sheet))}\n`);
}
