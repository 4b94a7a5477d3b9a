import { expect, test } from 'vitest'

import { describeUserAgent } from './user-agent'

test('names the browser and the system', () => {
  expect(
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604',
      'python-httpx/2.0',
      'something',
    ].map(describeUserAgent),
  ).toEqual(['Firefox, Linux', 'Edge, Windows', 'Safari, iOS', 'Python', ''])
})
