/** What every module may log while it works. Fields hold ids, counts and codes: never a body, a PIN or a secret (RELIABILITY I9). */
export type Log = {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
