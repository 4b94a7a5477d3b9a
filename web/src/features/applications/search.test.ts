import { expect, test } from 'vitest'

import { makeTemplate } from '@/test/factories'

import { findTemplates } from './search'

const templates = [
  makeTemplate({ name: 'gimp', displayName: 'GIMP', category: 'Graphics', popularity: 9 }),
  makeTemplate({ name: 'firefox', displayName: 'Firefox', category: 'Browsers', featured: true }),
  makeTemplate({
    name: 'cafe',
    displayName: 'Café',
    category: 'Office',
    tags: ['müsli'],
    description: 'like gimp',
  }),
  makeTemplate({
    name: 'blender',
    displayName: 'Blender',
    category: 'Graphics',
    available: false,
    featured: true,
  }),
]
const names = (text: string, category: string | null = null) =>
  findTemplates(templates, text, category).map((one) => one.name)

test('what can be started comes first, featured before popular', () => {
  expect(names('')).toEqual(['firefox', 'gimp', 'cafe', 'blender'])
})

test('accents do not matter', () => {
  expect(names('cafe musli')).toEqual(['cafe'])
})

test('a name that starts with the text comes first', () => {
  expect(names('gimp')).toEqual(['gimp', 'cafe'])
})

test('a category narrows', () => {
  expect(names('', 'Graphics')).toEqual(['gimp', 'blender'])
})
