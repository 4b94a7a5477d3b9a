import { useTranslation } from 'react-i18next'

import type { ApiError } from '@/api/errors'

const KNOWN = [
  'account_inactive',
  'already_in_group',
  'unreachable',
  'invalid_code',
  'invalid_credentials',
  'invalid_passkey',
  'last_mfa_method',
  'mfa_enrolment_required',
  'not_in_organization',
  'organization_suspended',
  'passkey_cancelled',
  'passkey_exists',
  'quota_exceeded',
  'email_taken',
  'too_many_attempts',
  'weak_password',
  'no_capacity',
  'template_not_found',
  'agent_offline',
  'wrong_code',
  'wrong_setup_code',
  'wrong_state',
  'server_error',
  'unexpected',
] as const

type Known = (typeof KNOWN)[number]

function isKnown(code: string): code is Known {
  return (KNOWN as readonly string[]).includes(code)
}

/** A heading and a sentence for an error: ours where the code is known, the server's otherwise. */
export function useErrorText(): (error: ApiError) => { title: string; message: string } {
  const { t } = useTranslation()
  return (error) => {
    const code = error.code === 'internal_error' ? 'server_error' : error.code
    if (isKnown(code)) {
      const seconds = error.retryAfterSeconds ?? 60
      return {
        title: t(`error.${code}.title`),
        message: t(`error.${code}.message`, { count: Math.max(1, Math.ceil(seconds / 60)) }),
      }
    }
    if (error.status === 403) return { title: t('error.forbidden.title'), message: error.message }
    if (error.status === 404) return { title: t('error.notFound.title'), message: error.message }
    return { title: t('error.generic.title'), message: error.message }
  }
}
