import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { useConfirm } from '@/components/confirm'
import { notifyDone, useNotifyError } from '@/components/notify'
import { notifyUndo } from '@/components/notify-undo'
import { Grow, Row, Rows, Section } from '@/components/section'

import { useChangeOrganization, useDeleteOrganization, type Organization } from '../api/organizations'

const GRACE_DAYS = 30

/** Suspend, resume, delete and bring back. */
export function OrganizationDanger({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const notifyError = useNotifyError()
  const change = useChangeOrganization(organization.id)
  const remove = useDeleteOrganization(organization.id)
  const name = organization.displayName
  const isMine = organization.id === me.orgId
  const resume = () =>
    change.mutate(
      { status: 'active' },
      { onSuccess: () => notifyDone(t('organizations.resumed', { name })), onError: notifyError },
    )
  const suspend = async () => {
    const yes = await confirm({
      title: t('organizations.suspendTitle', { name }),
      text: t('organizations.suspendConfirm', { count: organization.memberCount }),
      confirm: t('organizations.suspend'),
    })
    if (!yes) return
    change.mutate(
      { status: 'suspended' },
      {
        onSuccess: () => notifyUndo(t('organizations.suspended', { name }), t('action.undo'), resume),
        onError: notifyError,
      },
    )
  }
  const askRemove = async () => {
    const yes = await confirm({
      title: t('organizations.deleteTitle', { name }),
      text: t('organizations.deleteConfirm', { count: organization.memberCount, days: GRACE_DAYS }),
      confirm: t('organizations.delete'),
    })
    if (!yes) return
    remove.mutate(undefined, {
      onSuccess: () => notifyUndo(t('organizations.deleted', { name }), t('action.undo'), resume),
      onError: notifyError,
    })
  }
  return (
    <Section title={t('organizations.danger')} danger flush>
      <Rows>
        {organization.status === 'active' ? (
          <Row>
            <Grow>
              <Text fz="sm" fw={500}>
                {t('organizations.suspend')}
              </Text>
              <Text fz="xs" c="dimmed">
                {isMine ? t('organizations.notMine') : t('organizations.suspendHint')}
              </Text>
            </Grow>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isMine}
              loading={change.isPending}
              onClick={() => void suspend()}
            >
              {t('organizations.suspend')}
            </Button>
          </Row>
        ) : (
          <Row>
            <Grow>
              <Text fz="sm" fw={500}>
                {organization.status === 'deleted' ? t('organizations.restore') : t('organizations.resume')}
              </Text>
              <Text fz="xs" c="dimmed">
                {t('organizations.resumeHint')}
              </Text>
            </Grow>
            <Button size="compact-sm" loading={change.isPending} onClick={resume}>
              {organization.status === 'deleted' ? t('organizations.restore') : t('organizations.resume')}
            </Button>
          </Row>
        )}
        {organization.status !== 'deleted' && (
          <Row>
            <Grow>
              <Text fz="sm" fw={500}>
                {t('organizations.delete')}
              </Text>
              <Text fz="xs" c="dimmed">
                {isMine ? t('organizations.notMine') : t('organizations.deleteHint', { days: GRACE_DAYS })}
              </Text>
            </Grow>
            <Button
              size="compact-sm"
              variant="default"
              c="var(--ss-bad)"
              disabled={isMine}
              loading={remove.isPending}
              onClick={() => void askRemove()}
            >
              {t('action.delete')}
            </Button>
          </Row>
        )}
      </Rows>
    </Section>
  )
}
