import { Text } from '@mantine/core'
import {
  IconClipboard,
  IconDownload,
  IconMicrophone,
  IconPrinter,
  IconRipple,
  IconUpload,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

import type { EffectivePolicy } from '@/api/policies'
import { useLanguage } from '@/lib/format'
import { formatBytes } from '@/lib/quantity'

import classes from './policy-list.module.css'

/** What may cross a session's border, and who restricts it. */
export function PolicyList({ policy }: { policy: EffectivePolicy }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const allowed = (value: boolean | null | undefined) =>
    value ? t('policies.allowed') : t('policies.notAllowed')
  const rows: { icon: TablerIcon; key: string; sources: string[]; value: string; open: boolean }[] = [
    {
      icon: IconClipboard,
      key: t('policies.clipboard'),
      sources: ['clipboard'],
      value: t(`policies.clipboards.${policy.clipboard ?? 'both'}`),
      open: policy.clipboard !== 'off',
    },
    {
      icon: IconUpload,
      key: t('policies.upload'),
      sources: policy.upload ? ['maxUploadBytes'] : ['upload'],
      value: policy.upload
        ? t('policies.upTo', { size: formatBytes(policy.maxUploadBytes ?? 0, language) })
        : t('policies.notAllowed'),
      open: !!policy.upload,
    },
    {
      icon: IconDownload,
      key: t('policies.download'),
      sources: ['download'],
      value: allowed(policy.download),
      open: !!policy.download,
    },
    {
      icon: IconMicrophone,
      key: t('policies.microphone'),
      sources: ['microphone'],
      value: allowed(policy.microphone),
      open: !!policy.microphone,
    },
    {
      icon: IconPrinter,
      key: t('policies.printing'),
      sources: ['printing'],
      value: allowed(policy.printing),
      open: !!policy.printing,
    },
    {
      icon: IconRipple,
      key: t('policies.watermark'),
      sources: ['watermark'],
      value: policy.watermark ? t('policies.shown') : t('policies.notShown'),
      open: true,
    },
  ]
  return (
    <dl className={classes.list}>
      {rows.map(({ icon: Icon, key, sources, value, open }) => {
        const source = sources.map((name) => policy.sources[name]).find(Boolean)
        return (
          <div key={key} className={classes.row} data-closed={!open || undefined}>
            <Icon size={17} stroke={1.7} aria-hidden />
            <dt>{key}</dt>
            <dd>
              {value}
              {source && (
                <Text fz="xs" c="dimmed">
                  {t(`policies.source.${source.kind}`, { name: source.name })}
                </Text>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
