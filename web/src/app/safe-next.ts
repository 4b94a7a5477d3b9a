/** Where to go after signing in: a page of ours, never an address that somebody put into a link. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/')) return '/'
  const url = new URL(next, 'http://ours.invalid')
  if (url.host !== 'ours.invalid' || url.pathname === '/login') return '/'
  return url.pathname + url.search + url.hash
}
