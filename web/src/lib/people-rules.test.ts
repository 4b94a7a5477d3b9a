import { expect, test } from 'vitest'

import { makePassword, USERNAME } from './people-rules'

test('a generated password is long, readable and never the same', () => {
  const many = Array.from({ length: 50 }, makePassword)
  expect(new Set(many).size).toBe(50)
  for (const one of many) expect(one).toMatch(/^[a-zA-Z2-9]{20}$/)
})

test('user names', () => {
  expect(
    ['sam', 'a-b_C9', 'ab', 'a b c', 'ä-umlaut', 'x'.repeat(33)].map((one) => USERNAME.test(one)),
  ).toEqual([true, true, false, false, false, false])
})
