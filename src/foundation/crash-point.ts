/**
 * Named places at which a test may let this process kill itself (RELIABILITY "Faults").
 * Does nothing unless `runtime/` arms it; a call costs one comparison.
 */
let armed: ((point: string) => void) | null = null;

export function armCrashPoints(onPoint: ((point: string) => void) | null): void {
  armed = onPoint;
}

export function crashPoint(point: string): void {
  if (armed) armed(point);
}
