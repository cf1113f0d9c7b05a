/** Figures of cases that follow the live stream. */
import type { CaseLists } from '../../../flows/cases/listed/case-lists.ts';
import { countShown, type Figures } from '../live/figures.ts';

/** No number, so that nothing is counted from it: the list says that it has changed. */
export const newestShown = (number: string | null): string => (number === null ? 'none' : `case ${number}`);

/** Who is at which case goes as one, for `cases.js`: each reader leaves themselves out. */
export const caseFigures =
  ({ atRisk, newest, present }: Pick<CaseLists, 'atRisk' | 'newest' | 'present'>) =>
  async (): Promise<Figures> => {
    const [risk, last, there] = await Promise.all([atRisk(), newest(), present()]);
    return {
      'cases.risk': countShown(risk),
      'cases.newest': newestShown(last),
      'cases.present': JSON.stringify(Object.fromEntries(there)),
    };
  };
