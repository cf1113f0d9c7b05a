import type { ConsoleDeps } from '../deps.ts';

export type CaseDeps = Pick<ConsoleDeps, 'perform' | 'acts' | 'log' | 'caseDesk'>;
