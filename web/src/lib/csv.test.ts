import { expect, test } from 'vitest'

import { csvLine } from './csv'

test('quotes what would break a line', () => {
  expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', null, 3, true])).toBe(
    'a,"b,c","say ""hi""","two\nlines",,3,true',
  )
})

test('a name that looks like a formula stays text', () => {
  expect(csvLine(['=HYPERLINK("http://x")', '+1', '@a', '-2'])).toBe(
    `"'=HYPERLINK(""http://x"")",'+1,'@a,'-2`,
  )
})
