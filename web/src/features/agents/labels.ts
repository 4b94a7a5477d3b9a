const KEY = /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/
const VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/
const LONGEST = 63

export function writeLabels(labels: Record<string, string>): string[] {
  return Object.entries(labels)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => `${key}=${value}`)
}

/** A label as it is typed, `key=value` or `key`; null where the server would refuse it. */
export function readLabel(text: string): readonly [key: string, value: string] | null {
  const at = text.indexOf('=')
  const key = (at < 0 ? text : text.slice(0, at)).trim()
  const value = at < 0 ? '' : text.slice(at + 1).trim()
  const fits = key.length <= LONGEST && value.length <= LONGEST && KEY.test(key) && VALUE.test(value)
  return fits ? [key, value] : null
}

/** Those that are well formed; a later one of the same name counts. */
export function readLabels(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map(readLabel).filter((one) => one !== null))
}
