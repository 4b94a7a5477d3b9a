import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { CopyField } from '@/components/copy-field'
import { formatMoment, useLanguage } from '@/lib/format'

import { invitationQuery } from '../api/shared'
import type { MadeShare } from '../api/shares'

/** A link that was just made, which nobody can show again. */
export function MadeLink({ share, onDone }: { share: MadeShare; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const seen = useQuery({ ...invitationQuery(share.token ?? ''), enabled: Boolean(share.token) })
  return (
    <Stack gap="sm">
      <Alert color="teal" icon={<IconLink size={18} />} title={t('share.linkMade')}>
        {t('share.linkOnce')}
      </Alert>
      <CopyField value={share.url ?? ''} label={t('share.link')} />
      <Text fz="xs" c="dimmed">
        {t(`share.may.${share.permission}`)} ·{' '}
        {t('share.until', { moment: formatMoment(share.expiresAt, language) })}
        {seen.data && ` · ${seen.data.guests ? t('share.forGuests') : t('share.noGuests')}`}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('action.done')}
        </Button>
      </Group>
    </Stack>
  )
}
