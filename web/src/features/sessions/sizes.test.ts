import { expect, test } from 'vitest'

import { quantitiesOf, sizesOf } from './sizes'

test('sizes are read from quantities and written as such', () => {
  expect(sizesOf({ cpu: '500m', memory: '2Gi' })).toEqual({ cores: 0.5, gibibytes: 2 })
  expect(quantitiesOf({ cores: 0.5, gibibytes: 1.5 })).toEqual({ cpu: '500m', memory: '1536Mi' })
})

test('what a template does not say is the usual', () => {
  expect(sizesOf({})).toEqual({ cores: 1, gibibytes: 1 })
})
