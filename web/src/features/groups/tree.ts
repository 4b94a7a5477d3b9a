import type { Group } from '@/api/admin-types'

export interface Node {
  group: Group
  depth: number
  children: Node[]
}

/** Groups as a tree; one whose parent is not there, or not to be seen, stands at the top. */
export function buildTree(groups: Group[]): Node[] {
  const known = new Map(groups.map((group) => [group.id, group]))
  const below = new Map<string | null, Group[]>()
  for (const group of groups) {
    const parent = group.parentId && known.has(group.parentId) ? group.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), group])
  }
  const seen = new Set<string>()
  const grow = (parent: string | null, depth: number): Node[] =>
    (below.get(parent) ?? [])
      .filter((group) => !seen.has(group.id))
      .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
      .map((group) => {
        seen.add(group.id)
        return { group, depth, children: grow(group.id, depth + 1) }
      })
  const roots = grow(null, 0)
  // A circle has no top; the server makes none, and none may hide groups.
  const lost = groups.filter((group) => !seen.has(group.id))
  return [...roots, ...lost.map((group) => ({ group, depth: 0, children: [] }))]
}

/** The rows that are shown: what is open, or what a search leaves together with the way to it. */
export function visibleRows(roots: Node[], closed: ReadonlySet<string>, text: string): Node[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = ({ group }: Node) => {
    const hay = `${group.displayName} ${group.name} ${group.description} ${group.type}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  }
  const walk = (nodes: Node[]): Node[] =>
    nodes.flatMap((node) => {
      if (words.length === 0) return [node, ...(closed.has(node.group.id) ? [] : walk(node.children))]
      const children = walk(node.children)
      return matches(node) || children.length > 0 ? [node, ...children] : []
    })
  return walk(roots)
}

/** Where a group may be moved: everywhere but into itself and what is below it. */
export function possibleParents(groups: Group[], id: string): Group[] {
  const inside = new Set([id])
  for (let grown = true; grown;) {
    grown = false
    for (const group of groups) {
      if (group.parentId && inside.has(group.parentId) && !inside.has(group.id)) {
        inside.add(group.id)
        grown = true
      }
    }
  }
  return groups.filter((group) => !inside.has(group.id))
}

/** The groups above one, the topmost first. */
export function pathTo(groups: Group[], id: string): Group[] {
  const known = new Map(groups.map((group) => [group.id, group]))
  const path: Group[] = []
  const seen = new Set([id])
  let at = known.get(known.get(id)?.parentId ?? '')
  while (at && !seen.has(at.id)) {
    seen.add(at.id)
    path.unshift(at)
    at = known.get(at.parentId ?? '')
  }
  return path
}
