/** A place within the console to go to; everything else, and what a browser could read as another host, is `/`. */
export function withinConsole(given: unknown): string {
  if (typeof given !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(given)) return '/';
  const { origin, pathname, search, hash } = new URL(given, 'http://console.invalid');
  return origin === 'http://console.invalid' && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
