import { expect, test } from 'vitest'

import { readLabel, readLabels, writeLabels } from './labels'

test('labels are written as they are read', () => {
  const labels = { gpu: 'yes', 'example.org/rack': 'r-7', empty: '' }
  expect(readLabels(writeLabels(labels))).toEqual(labels)
})

test.each(['=x', 'a b=c', 'a=b c', '-a=b', 'a=-b', `${'a'.repeat(64)}=b`, `a=${'b'.repeat(64)}`, ''])(
  '%o is no label',
  (text) => expect(readLabel(text)).toBeNull(),
)

test('a name alone has no value, and blanks around it do not count', () => {
  expect(readLabel(' gpu ')).toEqual(['gpu', ''])
  expect(readLabel('gpu = a100')).toEqual(['gpu', 'a100'])
})
