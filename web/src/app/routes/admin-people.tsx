import { Button } from '@mantine/core'
import { IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { useNotifyError } from '@/components/notify'
import { PageHeader } from '@/components/page'
import { allPeople } from '@/features/people/api/people'
import { PeopleView } from '@/features/people/components/people-view'
import { peopleCsv } from '@/features/people/table'
import { may } from '@/lib/authorization'
import { download } from '@/lib/download'

const CreateDialog = lazy(() => import('@/features/people/components/create-dialog'))
const ImportDialog = lazy(() => import('@/features/people/components/import-dialog'))

const route = getRouteApi('/signed-in/admin/people')

export function AdminPeoplePage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const notifyError = useNotifyError()
  const [open, setOpen] = useState<'create' | 'import' | null>(null)
  const [exporting, setExporting] = useState(false)
  const canManage = may(useMe(), 'people:manage')
  const save = async () => {
    setExporting(true)
    try {
      download('people.csv', peopleCsv(await allPeople(search)), 'text/csv;charset=utf-8')
    } catch (error) {
      notifyError(error)
    } finally {
      setExporting(false)
    }
  }
  return (
    <>
      <PageHeader
        title={t('nav.people')}
        text={t('people.text')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              loading={exporting}
              onClick={() => void save()}
            >
              {t('action.export')}
            </Button>
            {canManage && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconFileImport size={16} />}
                  onClick={() => setOpen('import')}
                >
                  {t('people.importButton')}
                </Button>
                <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen('create')}>
                  {t('people.create')}
                </Button>
              </>
            )}
          </>
        }
      />
      <PeopleView
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
        onCreate={() => setOpen('create')}
      />
      <Suspense>
        {open === 'create' && <CreateDialog onClose={() => setOpen(null)} />}
        {open === 'import' && <ImportDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  )
}
