import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { notifyDone } from '@/components/notify'
import { PersonView } from '@/features/people/components/person-view'

const route = getRouteApi('/signed-in/admin/people/$id')

export function AdminPersonPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  return (
    <PersonView
      key={id}
      id={id}
      onGone={() => {
        notifyDone(t('people.removed'))
        void navigate({ to: '/admin/people' })
      }}
    />
  )
}
