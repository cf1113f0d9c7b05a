/** What a case may ask for, by the version it is about (POLICY §4.5). */
import type { ProductVersion } from '../registry/site.ts';
import type { CaseKind } from './case.ts';

/** Best effort: severity 3, in hours, without a promised time. */
type VersionSupport = 'full' | 'known workarounds' | 'general advice' | 'best effort';

/** A version that is not on record has all of it; a preview is one whatever its stage. */
export function versionSupport(version: Pick<ProductVersion, 'stage' | 'preview'> | null): VersionSupport {
  if (version === null) return 'full';
  if (version.preview) return 'best effort';
  switch (version.stage) {
    case 'full':
      return 'full';
    case 'limited':
      return 'known workarounds';
    case 'discontinued':
      return 'general advice';
    default:
      return version.stage satisfies never;
  }
}

/** Whether a request for an enhancement is taken up: not of a version that nobody develops further. */
export const takesEnhancements = (version: Pick<ProductVersion, 'stage' | 'preview'> | null): boolean =>
  ['full', 'best effort'].includes(versionSupport(version));

/** A case about a preview cannot be escalated. */
export const mayEscalate = (kind: CaseKind): boolean => kind !== 'preview';

/** A case about a preview is closed with the number of its change request: there it goes on. */
export const closesWithRequest = (kind: CaseKind): boolean => kind === 'preview';
