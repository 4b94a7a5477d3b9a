import { ShortcutHelp } from './shortcut-help'
import { CommandPalette } from './command-palette'

/** Loaded when first asked for. */
export default function Overlays({
  shown,
  onClose,
}: {
  shown: 'palette' | 'shortcuts'
  onClose: () => void
}) {
  return shown === 'palette' ? <CommandPalette onClose={onClose} /> : <ShortcutHelp onClose={onClose} />
}
