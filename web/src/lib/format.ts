import { useTranslation } from 'react-i18next'

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** "5 minutes ago". Moments in the future come from clocks that disagree and count as now. */
export function formatAgo(
  at: string,
  now: number,
  language: string,
  style: 'long' | 'narrow' = 'long',
): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000)
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style })
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return words.format(-Math.floor(seconds / size), unit)
  }
  return words.format(0, 'second')
}

/** "0.4 s", "12 s", "2:05". */
export function formatDuration(ms: number, language: string): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) {
    const digits = seconds < 10 ? 1 : 0
    return `${seconds.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} s`
  }
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

export function formatMoment(at: string, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
}

export function useLanguage(): string {
  return useTranslation().i18n.language
}
