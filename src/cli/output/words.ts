/** A command option that takes one word of a list; a wrong one is told with the word that was probably meant. */
import { InvalidArgumentError } from 'commander';
import { didYouMean } from '../../foundation/nearest-word.ts';

/** For an option of commander: wrong use (exit 2) names what there is. */
export const wordOf =
  <T extends string>(what: string, known: readonly T[]) =>
  (given: string): T => {
    if ((known as readonly string[]).includes(given)) return given as T;
    throw new InvalidArgumentError(
      `there is no ${what} "${given}"${didYouMean(known, given)}; there are ${known.join(', ')}.`.replace('?;', '?'),
    );
  };
