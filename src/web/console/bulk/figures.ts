import type { BulkRuns } from '../../../flows/bulk/bulk-runs.ts';
import { countShown, type Figures } from '../live/figures.ts';

/** How many runs are under way. */
export const bulkFigures =
  ({ running }: Pick<BulkRuns, 'running'>) =>
  async (): Promise<Figures> => ({ 'bulk.running': countShown(await running()) });
