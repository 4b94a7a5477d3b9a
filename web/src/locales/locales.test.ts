import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import de from './de.json'
import dePages from './de.pages.json'
import en from './en.json'
import enPages from './en.pages.json'

function texts(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[path + key, value] as const]
        : [...texts(value as object, `${path}${key}.`)],
    ),
  )
}

const english = new Map([...texts(en), ...texts(enPages)])
const german = new Map([...texts(de), ...texts(dePages)])

test('a text is in one file', () => {
  for (const [first, pages] of [
    [en, enPages],
    [de, dePages],
  ] as const) {
    const both = [...texts(pages).keys()].filter((key) => texts(first).has(key))
    expect(both).toEqual([])
  }
})

test('the first page carries no text of the sections that are loaded with their pages', () => {
  const pages = Object.keys(enPages).filter((section) => section !== 'account')
  expect(Object.keys(en).filter((section) => pages.includes(section))).toEqual([])
})

test('German has exactly the keys of English', () => {
  expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted())
})

test('no text is empty', () => {
  for (const words of [english, german]) {
    expect([...words].filter(([, text]) => text.trim() === '')).toEqual([])
  }
})

test('a text has the same gaps in both languages', () => {
  const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted()
  for (const [key, text] of english) expect([key, gaps(german.get(key) ?? '')]).toEqual([key, gaps(text)])
})

test('every text is used somewhere', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n')
  const unused = [...english.keys()].filter((key) => {
    const base = key.replace(/_(zero|one|other)$/, '')
    // `t(`state.${state}`)` uses all of `state.…`.
    const group = `${base.split('.')[0] ?? ''}.`
    return !sources.includes(`'${base}'`) && !sources.includes(`t(\`${group}`)
  })
  expect(unused).toEqual([])
})
