import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { MyGroup } from '@/features/groups/components/my-group'
import { MyGroups } from '@/features/groups/components/my-groups'

const route = getRouteApi('/signed-in/shell/account/groups/$id')

export function GroupsPage() {
  const { t } = useTranslation()
  return (
    <>
      <title>{`${t('account.nav.groups')} · StreamSpace`}</title>
      <MyGroups />
    </>
  )
}

export function GroupPage() {
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  return <MyGroup key={id} id={id} onGone={() => void navigate({ to: '/account/groups' })} />
}
