const TEXTS = {
  en: {
    screen: 'Remote screen',
    connecting: 'Connecting …',
    lost: 'The connection was lost.',
    again: 'Connect again',
    watching: 'You are watching',
    controls: 'Screen controls',
    open: 'Show controls',
    close: 'Close',
    clipboard: 'Clipboard',
    clipboardHint: 'Text copied in the session appears here. What you write here can be pasted there.',
    fit: 'Make the screen as large as this window',
    quality: 'Picture quality',
    secureKeys: 'Send Ctrl+Alt+Del',
  },
  de: {
    screen: 'Entfernter Bildschirm',
    connecting: 'Verbindung wird hergestellt …',
    lost: 'Die Verbindung ist abgebrochen.',
    again: 'Neu verbinden',
    watching: 'Sie sehen zu',
    controls: 'Bildschirmsteuerung',
    open: 'Steuerung zeigen',
    close: 'Schließen',
    clipboard: 'Zwischenablage',
    clipboardHint:
      'Hier erscheint Text, der in der Sitzung kopiert wird. Was Sie hier schreiben, lässt sich dort einfügen.',
    fit: 'Bildschirm an dieses Fenster anpassen',
    quality: 'Bildqualität',
    secureKeys: 'Strg+Alt+Entf senden',
  },
} as const

export type Texts = Record<keyof (typeof TEXTS)['en'], string>

export function textsFor(languages: readonly string[]): { language: 'en' | 'de'; texts: Texts } {
  const wanted = languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'de') ?? 'en'
  return { language: wanted, texts: TEXTS[wanted] }
}
