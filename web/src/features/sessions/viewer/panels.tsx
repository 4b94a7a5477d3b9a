import { Drawer } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import type { Session } from '@/api/types'

/** Something beside the picture, with a button of its own in the toolbar. */
export interface ViewerPanel {
  key: string
  icon: TablerIcon
  label: string
  wide?: boolean
  render: (session: Session, connectionId: string | null) => ReactNode
}

interface Props {
  panel: ViewerPanel | undefined
  session: Session
  connectionId: string | null
  onClose: () => void
}

export function PanelDrawer({ panel, session, connectionId, onClose }: Props) {
  return (
    <Drawer
      opened={panel !== undefined}
      onClose={onClose}
      position="right"
      size={panel?.wide ? 'xl' : 420}
      title={panel?.label}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      {panel?.render(session, connectionId)}
    </Drawer>
  )
}
