import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

import { CopyField } from '@/components/copy-field'
import { Section } from '@/components/section'

const KNOWN = [
  'redirectUri',
  'backchannelLogoutUri',
  'postLogoutRedirectUri',
  'entityId',
  'acsUrl',
  'sloUrl',
  'metadataUrl',
] as const

/** What the provider must be told about us. */
export function Addresses({ addresses }: { addresses: Record<string, string> }) {
  const { t } = useTranslation()
  return (
    <Section title={t('providers.addresses')} text={t('providers.addressesText')}>
      <Stack gap="sm">
        {KNOWN.map((key) => {
          const value = addresses[key]
          if (!value) return null
          return (
            <div key={key}>
              <Text fz="xs" c="dimmed" mb={4}>
                {t(`providers.address.${key}`)}
              </Text>
              <CopyField label={t(`providers.address.${key}`)} value={value} />
            </div>
          )
        })}
      </Stack>
    </Section>
  )
}
