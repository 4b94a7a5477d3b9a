import { afterEach, expect, test } from 'vitest'

import { keptToken, tokenFromHash } from './invitation-token'

const TOKEN = 'ssl_UgCkB1m3xV7pQ0aZbYcXdWeVfUgThSiRjQkPlOmNnM'

afterEach(() => keptToken.forget())

test('only our own form is taken from the address', () => {
  expect(tokenFromHash(`#${TOKEN}`)).toBe(TOKEN)
  for (const other of ['', '#', '#ssl_short', `#${TOKEN}/x`, '#javascript:alert(1)', TOKEN]) {
    expect(tokenFromHash(other)).toBeNull()
  }
})

test('a token is kept in this tab until it is used', () => {
  keptToken.keep(TOKEN)
  expect(keptToken.get()).toBe(TOKEN)
  expect(localStorage.length).toBe(0)
  keptToken.forget()
  expect(keptToken.get()).toBeNull()
})
