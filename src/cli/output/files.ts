/** Files that a command is given by name. */

const known: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder; name the files',
  EACCES: 'you may not read it',
};

/** `FILE: why`, for a person. */
export function whyUnread(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `${file}: ${known[code] ?? `cannot be read (${code})`}`;
}
