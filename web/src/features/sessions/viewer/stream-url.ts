const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * The stream's address as this page must spell it. A page opened as `localhost` cannot use the cookie of a stream on
 * `127.0.0.1` although both are this machine, because browsers count them as different sites.
 */
export function alignLoopback(sessionUrl: string, pageHostname: string): string {
  const url = new URL(sessionUrl)
  if (LOOPBACK.includes(url.hostname) && LOOPBACK.includes(pageHostname)) url.hostname = pageHostname
  return url.toString()
}

/** Where the gateway says how a stream is doing. */
export function statusUrl(streamUrl: string, sessionId: string): string {
  return new URL(`/s/${encodeURIComponent(sessionId)}/.streamspace/status`, streamUrl).toString()
}
