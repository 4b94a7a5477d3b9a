/** A path of a session's home, from its names. */
export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

export function parent(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

/** Each folder on the way, with its path. */
export function crumbs(path: string): { name: string; path: string }[] {
  const names = path.split('/').filter((name) => name !== '')
  return names.map((name, index) => ({ name, path: names.slice(0, index + 1).join('/') }))
}

export type NameProblem = 'empty' | 'slash' | 'taken'

/** What is wrong with a new name, as far as the browser can tell. */
export function nameProblem(name: string, taken: readonly string[]): NameProblem | null {
  const text = name.trim()
  if (text === '' || text === '.' || text === '..') return 'empty'
  if (text.includes('/')) return 'slash'
  return taken.includes(text) ? 'taken' : null
}
