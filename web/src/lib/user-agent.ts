const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

export interface Device {
  browser: string | null
  system: string | null
  /** Whether it is carried about, for the icon. */
  isMobile: boolean
}

function first(list: [RegExp, string][], text: string): string | null {
  return list.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** What a user agent says of the device, as far as people would recognise theirs by it. */
export function readUserAgent(text: string): Device {
  return {
    // Programs name themselves first: `streamspace-cli/0.1 httpx/0.28`.
    browser: first(BROWSERS, text) ?? (/^([\w.-]+)/.exec(text)?.[1] || null),
    system: first(SYSTEMS, text),
    isMobile: /Mobi|Android|iPhone|iPad/.test(text),
  }
}
