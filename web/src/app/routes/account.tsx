import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { LoginsSection } from '@/features/account/components/logins-section'
import { ProfileSections } from '@/features/account/components/profile-section'
import { UsageSections } from '@/features/account/components/usage-section'

function Title({ name }: { name: 'profile' | 'signIns' | 'usage' }) {
  const { t } = useTranslation()
  return <title>{`${t(`account.nav.${name}`)} · StreamSpace`}</title>
}

export function ProfilePage() {
  return (
    <>
      <Title name="profile" />
      <ProfileSections />
    </>
  )
}

export function SignInsPage() {
  return (
    <Stack>
      <Title name="signIns" />
      <LoginsSection />
    </Stack>
  )
}

export function UsagePage() {
  return (
    <>
      <Title name="usage" />
      <UsageSections />
    </>
  )
}
