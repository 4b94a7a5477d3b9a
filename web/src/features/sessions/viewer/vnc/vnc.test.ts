import { afterEach, describe, expect, it, vi } from 'vitest'

import { Portal, readPortalMessage } from './portal'
import { textsFor } from './texts'

vi.mock('@novnc/novnc', () => ({ default: class extends EventTarget {} }))
const { streamUrl } = await import('./desk')

describe('the stream of a VNC session', () => {
  it.each([
    ['http://localhost:8001/s/ann-vnc-1/', 'ws://localhost:8001/s/ann-vnc-1/websockify'],
    ['https://desk.example/s/ann-vnc-1/?a=b#c', 'wss://desk.example/s/ann-vnc-1/websockify'],
  ])('is below the page %s', (page, stream) => {
    expect(streamUrl(page)).toBe(stream)
  })
})

describe('what the portal may say', () => {
  it.each([
    [{ streamspace: { type: 'hello' } }, { type: 'hello' }],
    [{ streamspace: { type: 'toggleDashboard', more: 1 } }, { type: 'toggleDashboard' }],
    [
      { streamspace: { type: 'clipboardUpdateFromUI', text: 'x' } },
      { type: 'clipboardUpdateFromUI', text: 'x' },
    ],
    [{ streamspace: { type: 'clipboardUpdateFromUI', text: 5 } }, null],
    [{ streamspace: { type: 'settings' } }, null],
    [{ type: 'hello' }, null],
    [null, null],
  ])('%j', (data, read) => {
    expect(readPortalMessage(data)).toEqual(read)
  })
})

describe('the portal', () => {
  const parent = { postMessage: vi.fn() }

  afterEach(() => vi.restoreAllMocks())

  it('is answered once it said hello, with what it missed, and nobody else is heard', () => {
    vi.spyOn(window, 'parent', 'get').mockReturnValue(parent as unknown as Window)
    const taken: string[] = []
    const portal = new Portal((message) => taken.push(message.type))
    portal.say({ type: 'clientRoleUpdate', role: 'viewer' })
    expect(parent.postMessage).not.toHaveBeenCalled()

    const hear = (type: string, origin: string, source = parent) => {
      const event = new MessageEvent('message', { data: { streamspace: { type } }, origin })
      vi.spyOn(event, 'source', 'get').mockReturnValue(source as unknown as Window)
      window.dispatchEvent(event)
    }
    hear('hello', 'https://evil.example', { postMessage: vi.fn() })
    expect(parent.postMessage).not.toHaveBeenCalled()
    hear('hello', 'https://portal.example')
    expect(parent.postMessage.mock.calls).toEqual([
      [{ streamspace: { type: 'hello' } }, 'https://portal.example'],
      [{ streamspace: { type: 'clientRoleUpdate', role: 'viewer' } }, 'https://portal.example'],
    ])
    hear('toggleDashboard', 'https://other.example')
    expect(taken).toEqual([])
    hear('toggleDashboard', 'https://portal.example')
    expect(taken).toEqual(['toggleDashboard'])
  })
})

describe('its language', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'en-GB'], 'en'],
    [['fr'], 'en'],
  ])('for %j is %s', (languages, language) => {
    expect(textsFor(languages).language).toBe(language)
  })
})
