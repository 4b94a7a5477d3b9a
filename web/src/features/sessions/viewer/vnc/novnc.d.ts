/** What we use of noVNC (docs/API.md of the package), which brings no types. */
declare module '@novnc/novnc' {
  interface Events {
    connect: CustomEvent<null>
    disconnect: CustomEvent<{ clean: boolean }>
    clipboard: CustomEvent<{ text: string }>
    desktopname: CustomEvent<{ name: string }>
    securityfailure: CustomEvent<{ status: number; reason?: string }>
  }

  export default class RFB extends EventTarget {
    constructor(target: HTMLElement, url: string, options?: { shared?: boolean; wsProtocols?: string[] })
    viewOnly: boolean
    focusOnClick: boolean
    scaleViewport: boolean
    resizeSession: boolean
    showDotCursor: boolean
    background: string
    qualityLevel: number
    compressionLevel: number
    disconnect(): void
    focus(options?: FocusOptions): void
    sendCtrlAltDel(): void
    clipboardPasteFrom(text: string): void
    addEventListener<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void
  }
}
