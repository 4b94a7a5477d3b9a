// The engine listens to its own page only, and the portal is of another origin. Whatever is around this page is the portal:
// frame-ancestors lets nobody else be. What may pass is named here.
(() => {
  const TO_ENGINE = new Set([
    'toggleDashboard',
    'clipboardUpdateFromUI',
    'clipboardImageUpdate',
    'settings',
    'setManualResolution',
    'resetResolutionToWindow',
    'setScaleLocally',
    'setUseCssScaling',
    'setAntiAliasing',
    'showVirtualKeyboard',
    'touchinput:trackpad',
    'touchinput:touch',
    'statsOpen',
  ])
  const TO_PORTAL = new Set([
    'serverSettings',
    'clientRoleUpdate',
    'sidebarVisibilityChanged',
    'clipboardContentUpdate',
    'gamingModeUpdate',
    'trackpadModeUpdate',
  ])
  const REPEATED = new Set(['serverSettings', 'clientRoleUpdate', 'sidebarVisibilityChanged'])
  const last = new Map()
  let portal = null

  addEventListener('message', (event) => {
    if (event.source === window) {
      const type = event.data?.type
      if (!TO_PORTAL.has(type)) return
      if (REPEATED.has(type)) last.set(type, event.data)
      if (portal !== null) parent.postMessage({ streamspace: event.data }, portal)
      return
    }
    const asked = event.data?.streamspace
    if (parent === window || event.source !== parent || typeof asked !== 'object' || asked === null) return
    event.stopImmediatePropagation()
    if (asked.type === 'hello') {
      portal = event.origin
      document.documentElement.classList.add('in-portal')
      parent.postMessage({ streamspace: { type: 'hello' } }, portal)
      for (const message of last.values()) parent.postMessage({ streamspace: message }, portal)
    } else if (event.origin !== portal) {
      return
    } else if (TO_ENGINE.has(asked.type)) {
      postMessage(asked, location.origin)
    }
  })
})()
