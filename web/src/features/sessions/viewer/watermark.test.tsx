import { expect, test, vi } from 'vitest'

import { renderPage } from '@/test/render'

import { Watermark } from './watermark'

test('names who looks and when, for the eye only, and lets clicks through', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00'), toFake: ['Date'] })
  const { container } = renderPage(<Watermark name="<Kim> O'Neil" />)
  const marks = await vi.waitFor(() => {
    const found = container.querySelector('svg')
    if (!found) throw new Error('not there yet')
    return found
  })
  expect(marks).toHaveAttribute('aria-hidden', 'true')
  expect(marks.querySelector('text')).toHaveTextContent("<Kim> O'Neil · Nov 22, 2026, 12:00 PM")
  const tile = marks.querySelector('pattern')
  expect(marks.querySelector('rect')).toHaveAttribute('fill', `url(#${tile?.id ?? '?'})`)
})
