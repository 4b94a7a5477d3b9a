import { useTranslation } from 'react-i18next'

const KNOWN = [
  'account_inactive',
  'mfa_expired',
  'organization_suspended',
  'provider_not_found',
  'refresh_token_reused',
  'saml_unavailable',
  'sso_account_elsewhere',
  'sso_denied',
  'sso_email_not_verified',
  'sso_expired',
  'sso_not_admitted',
  'sso_unreachable',
] as const

type Known = (typeof KNOWN)[number]

/** What to say to somebody who comes to the sign-in page with a reason (`?error=`) in the address. */
export function useReasonText(): (code: string | undefined) => { title: string; message: string } | null {
  const { t } = useTranslation()
  return (code) => {
    if (!code) return null
    const known = KNOWN.find((one): one is Known => one === code) ?? 'other'
    return { title: t(`signIn.reason.${known}.title`), message: t(`signIn.reason.${known}.message`) }
  }
}
