import { expect, test } from 'vitest'

import { readUserAgent } from './user-agent'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 'Linux', false],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36 Edg/129.0',
    'Edge',
    'Windows',
    false,
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari',
    'iOS',
    true,
  ],
  ['streamspace-cli/0.1 (Linux)', 'streamspace-cli', 'Linux', false],
  ['', null, null, false],
])('%s', (text, browser, system, isMobile) => {
  expect(readUserAgent(text)).toEqual({ browser, system, isMobile })
})
