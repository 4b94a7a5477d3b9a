// Runs before the first paint, so that a dark page never flashes white. A file of its own because the content
// security policy forbids inline scripts.
;(function () {
  var scheme = null
  try {
    scheme = localStorage.getItem('streamspace.scheme')
  } catch {
    // Storage can be switched off; the system's choice is good enough then.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
})()
