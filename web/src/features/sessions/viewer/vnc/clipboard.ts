/** The browser's clipboard, where it may be used; the panel's text area is there for the rest. */

export async function readClipboard(): Promise<string | null> {
  try {
    return document.hasFocus() ? await navigator.clipboard.readText() : null
  } catch {
    return null // not allowed, or not over TLS
  }
}

export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // The panel shows it.
  }
}
