/** Figures of cases that follow the live stream. */
import type { CaseLists } from '../../../flows/cases/listed/case-lists.ts';
import { countShown, type Figures } from '../live/figures.ts';

/** No number, so that nothing is counted from it: the list says that it has changed. */
export const newestShown = (number: string | null): string => (number === null ? 'none' : `case ${number}`);

export const caseFigures =
  ({ atRisk, newest }: Pick<CaseLists, 'atRisk' | 'newest'>) =>
  async (): Promise<Figures> => {
    const [risk, last] = await Promise.all([atRisk(), newest()]);
    return { 'cases.risk': countShown(risk), 'cases.newest': newestShown(last) };
  };
