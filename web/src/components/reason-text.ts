import { useTranslation } from 'react-i18next'

import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

/** One thing that speaks against a machine, as the server says it. */
export interface Reason {
  code: string
  message: string
  packages?: string[] | null
  params?: Record<string, string | number> | null
}

const PLAIN = [
  'cordoned',
  'draining',
  'home',
  'key_revoked',
  'no_packages',
  'not_approved',
  'offline',
  'rejected',
  'warm',
] as const

/** Says it in the person's language, and in the server's words where it is a reason that is not known here. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const bytes = (value: unknown) => formatBytes(Number(value), language)
  const cores = (value: unknown) => Number(value).toLocaleString(language, { maximumFractionDigits: 2 })
  return ({ code, message, packages, params }) => {
    const plain = PLAIN.find((one) => one === code)
    if (plain) return t(`reasons.${plain}`)
    if (code === 'packages_missing' && packages?.length) {
      return t('reasons.packages_missing', { packages: packages.join(', ') })
    }
    if (!params) return message
    switch (code) {
      case 'full':
        return t('reasons.full', { count: Number(params.places) })
      case 'memory':
        return t('reasons.memory', { needed: bytes(params.needed), free: bytes(params.free) })
      case 'cpu':
        return t('reasons.cpu', { needed: cores(params.needed), free: cores(params.free) })
      case 'labels':
        return t('reasons.labels', { labels: params.labels })
      case 'no_image':
        return t('reasons.no_image', { platform: params.platform })
      case 'region':
        return t(params.there ? 'reasons.region' : 'reasons.regionless', params)
      default:
        return message
    }
  }
}
