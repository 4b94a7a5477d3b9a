import { IconBuildingCommunity, IconTargetArrow, IconUsersGroup, type TablerIcon } from '@tabler/icons-react'

import type { Group } from '@/api/admin-types'

export const GROUP_ICONS: Record<Group['type'], TablerIcon> = {
  team: IconUsersGroup,
  department: IconBuildingCommunity,
  project: IconTargetArrow,
}
