import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useMe } from '@/api/me'
import { SetupForm } from '@/features/account/components/setup-form'

import { Gate } from '../layouts/gate'
import { skipSetup } from '../setup-skipped'

/** The first administrator's first minute: their own password, who they are, then their people. */
export function SetupPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const me = useMe()
  const [isDone, setIsDone] = useState(!me.setupRequired)
  const skip = () => {
    skipSetup(me.id)
    void router.navigate({ to: '/' })
  }
  return (
    <Gate
      wide
      title={t('setup.title')}
      head={
        <>
          <Title order={1} fz={22} lts="-0.015em">
            {isDone ? t('setup.done') : t('setup.title')}
          </Title>
          <Text c="dimmed" fz="sm" maw={420}>
            {isDone ? t('setup.doneText') : t('setup.text')}
          </Text>
        </>
      }
    >
      {isDone ? (
        <Stack gap="sm" align="stretch">
          <ThemeIcon size={44} radius="xl" variant="light" color="teal" mx="auto" mb="xs" aria-hidden>
            <IconCheck size={24} />
          </ThemeIcon>
          <Button size="md" renderRoot={(props) => <Link to="/admin/people" {...props} />}>
            {t('setup.people')}
          </Button>
          <Button size="md" variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
            {t('setup.start')}
          </Button>
        </Stack>
      ) : (
        <SetupForm onDone={() => setIsDone(true)} onSkip={skip} />
      )}
    </Gate>
  )
}
