import { expect, test } from 'vitest'

import { ANYWHERE, labelChoices, oneOfEach, placementOf } from './place'

test('a label has one value, the last that was chosen', () => {
  expect(oneOfEach(['gpu=no', 'disk=fast', 'gpu=yes'])).toEqual(['gpu=yes', 'disk=fast'])
})

test('a place is sent only where one is asked for', () => {
  expect(placementOf(ANYWHERE)).toBeUndefined()
  expect(placementOf({ region: 'eu', labels: [] })).toEqual({ region: 'eu', labels: {} })
  expect(placementOf({ region: null, labels: ['gpu=yes', 'note=a=b', 'empty='] })).toEqual({
    labels: { gpu: 'yes', note: 'a=b', empty: '' },
  })
})

test('labels are offered under their names', () => {
  expect(labelChoices({ regions: [], labels: { disk: ['fast', 'slow'] } })).toEqual([
    { group: 'disk', items: ['disk=fast', 'disk=slow'] },
  ])
})
