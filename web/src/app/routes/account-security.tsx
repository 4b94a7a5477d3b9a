import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { FactorsSection } from '@/features/account/components/factors-section'
import { PasswordSection } from '@/features/account/components/password-section'

export function SecurityPage() {
  const { t } = useTranslation()
  return (
    <Stack gap="lg">
      <title>{`${t('account.nav.security')} · StreamSpace`}</title>
      <FactorsSection />
      <PasswordSection />
    </Stack>
  )
}
