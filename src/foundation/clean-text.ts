/**
 * The one place where strings from outside are cleaned (MAIL.md §2). PostgreSQL refuses NUL and lone surrogates, and a mail
 * that holds one would come back for ever; controls and bidirectional marks let a subject show something other than it says.
 */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
const bidirectional = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Text of several lines: tabs and line feeds stay, CR LF and CR become LF. */
export function cleanText(value: string): string {
  return value.toWellFormed().replace(/\r\n?/g, '\n').replace(controls, '').replace(bidirectional, '');
}

/** One line of at most `max` UTF-16 units: every run of white space becomes one space. */
export function cleanLine(value: string, max = 998): string {
  const line = cleanText(value).replace(/\s+/g, ' ').trim();
  return line.length <= max
    ? line
    : line
        .slice(0, max)
        .toWellFormed()
        .replace(/\uFFFD$/, '');
}

/** A base name of at most 120 characters that no file system takes for a path; the ending is kept when it is cut. */
export function cleanFileName(value: string, fallback = 'attachment'): string {
  const base = cleanLine(value).split(/[\\/]/).pop() ?? '';
  const name = base
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .trim();
  if (name === '') return fallback;
  const letters = Array.from(name);
  if (letters.length <= 120) return name;
  const dot = letters.lastIndexOf('.');
  const ending = dot > 0 && letters.length - dot <= 12 ? letters.slice(dot) : [];
  return [...letters.slice(0, 120 - ending.length), ...ending].join('');
}

/** Servers repeat what they were told: what is ours to keep is cut out of their words, also as it stands in a log-in (RFC 4616). */
export function withoutSecrets(said: string, secrets: readonly string[], user = ''): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      Buffer.from(`\0${user}\0${secret}`).toString('base64'),
      Buffer.from(secret).toString('base64'),
      encodeURIComponent(secret),
    ])
    .reduce((text, way) => text.replaceAll(way, '…'), said);
}
