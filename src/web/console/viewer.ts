/** Who looks at the console: one of the operator's people who has signed in. */
import type { Context } from 'hono';
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import { staffMay } from '../../staff/rights.ts';
import type { StaffRole } from '../../staff/staff.ts';
import type { Frame } from './frame/frame.ts';

export type Viewer = {
  /** Normalised; who they are in audit and on cases. */
  readonly address: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** IANA name: times are shown in it. */
  readonly zone: string;
  /** The id of the session, which is no secret. */
  readonly session: string;
};

export type ConsoleEnv = { Variables: { viewer: Viewer; csrf: string; frame: Frame } };
export type ConsoleContext = Context<ConsoleEnv>;

export const viewerMay = ({ roles }: Pick<Viewer, 'roles'>, right: string): boolean => staffMay({ roles }, right);

/** What only the clock or a mail hands in is offered to nobody. */
export const mayDo = (viewer: Pick<Viewer, 'roles'>, { right }: Pick<AnyAct, 'right'>): boolean =>
  right !== 'none' && right !== 'asked' && viewerMay(viewer, right);

export const byOf = ({ address }: Pick<Viewer, 'address'>): By => ({ kind: 'console', staff: address });
