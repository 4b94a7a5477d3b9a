import { useTranslation } from 'react-i18next'

import { KeysSection } from '@/features/account/components/keys-section'

export function KeysPage() {
  const { t } = useTranslation()
  return (
    <>
      <title>{`${t('account.nav.keys')} · StreamSpace`}</title>
      <KeysSection />
    </>
  )
}
