/** Why this browser could not show a stream, or null when it can. */
export function missingForStreams(): 'insecure' | 'codec' | null {
  if (!window.isSecureContext) return 'insecure'
  return 'VideoDecoder' in window ? null : 'codec'
}
