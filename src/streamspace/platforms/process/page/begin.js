// The picture first. The engine's own page begins with its dashboard, most of its code, and asks which transport there is,
// of which we have one; its core needs neither. What the two say to each other meanwhile is kept for the dashboard.
const LONGEST = 3000
const SPOKEN = 1000
const heard = []
const hear = (event) => {
  if (event.source === window && heard.length < 200) heard.push(event.data)
}
addEventListener('message', hear)

const pictured = () =>
  new Promise((done) => {
    const began = performance.now()
    let spoken = Infinity
    const look = () => {
      const now = performance.now()
      if (spoken === Infinity && heard.some((data) => data?.type === 'serverSettings')) spoken = now
      const shown = [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0)
      if (shown || now > spoken + SPOKEN || now > began + LONGEST) done()
      else setTimeout(look, 50)
    }
    look()
  })

const tell = (listener, data) => {
  const event = new MessageEvent('message', { data, origin: location.origin, source: window })
  if (typeof listener === 'function') listener.call(window, event)
  else listener.handleEvent(event)
}

window.__SELKIES_STREAMING_MODE__ = 'websockets'
window.__SELKIES_DEFER_INITIALIZATION = true
try {
  await import('./assets/CORE')
  window.selkiesCoreInitialize()
  window.selkiesCoreInitialize = () => {} // the dashboard calls it too
  await pictured()
} finally {
  const listen = window.addEventListener
  window.addEventListener = (kind, listener, ...options) => {
    listen.call(window, kind, listener, ...options)
    if (kind !== 'message') return
    for (const data of [...heard]) setTimeout(() => tell(listener, data))
  }
  await import('./assets/DASHBOARD')
  setTimeout(() => {
    window.addEventListener = listen
    removeEventListener('message', hear)
  }, 2000)
}
