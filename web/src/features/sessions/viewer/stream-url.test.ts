import { expect, test } from 'vitest'

import { alignLoopback, statusUrl } from './stream-url'

test('this machine is spelled as the page spells it', () => {
  expect(alignLoopback('http://127.0.0.1:8001/s/a/?ticket=x', 'localhost')).toBe(
    'http://localhost:8001/s/a/?ticket=x',
  )
  expect(alignLoopback('http://localhost:8001/s/a/', '127.0.0.1')).toBe('http://127.0.0.1:8001/s/a/')
})

test('other hosts stay as they are', () => {
  const url = 'https://stream.example.org/s/a/?ticket=x'
  expect(alignLoopback(url, 'localhost')).toBe(url)
  expect(alignLoopback('http://localhost:8001/s/a/', 'desk.example.org')).toBe('http://localhost:8001/s/a/')
})

test('the status has no ticket', () => {
  expect(statusUrl('http://localhost:8001/s/a-1/?ticket=x', 'a-1')).toBe(
    'http://localhost:8001/s/a-1/.streamspace/status',
  )
})
