import type { Template } from '@/api/types'

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** What can be started first, then featured, then what is used most, then by name. */
export function byRank(a: Template, b: Template): number {
  return (
    Number(b.available) - Number(a.available) ||
    Number(b.featured) - Number(a.featured) ||
    b.popularity - a.popularity ||
    a.displayName.localeCompare(b.displayName)
  )
}

/** Templates that contain every word, those whose name starts with the text first. */
export function findTemplates(templates: Template[], text: string, category: string | null): Template[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const start = words.join(' ')
  const inCategory = category === null ? templates : templates.filter((one) => one.category === category)
  const ranked = inCategory.toSorted(byRank)
  if (words.length === 0) return ranked
  const found = ranked.filter((one) => {
    const hay = fold([one.displayName, one.name, one.description, one.category, ...one.tags].join(' '))
    return words.every((word) => hay.includes(word))
  })
  const startsWith = (one: Template) => Number(fold(one.displayName).startsWith(start))
  return found.toSorted((a, b) => startsWith(b) - startsWith(a))
}
