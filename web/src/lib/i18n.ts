import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import en from '@/locales/en.json'

import { storage } from './storage'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

const KEY = 'streamspace.language'

function isLanguage(value: string | null | undefined): value is Language {
  return value === 'en' || value === 'de'
}

function preferred(): Language {
  const chosen = storage.get(KEY)
  if (isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

async function load(language: Language): Promise<void> {
  if (language === 'en' || i18next.hasResourceBundle(language, 'translation')) return
  const words = await import('@/locales/de.json')
  i18next.addResourceBundle(language, 'translation', words.default)
}

export async function setUpI18n(language: Language = preferred()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes already.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await applyLanguage(language)
}

async function applyLanguage(language: Language): Promise<void> {
  try {
    await load(language)
    await i18next.changeLanguage(language)
  } catch {
    // The file did not arrive; English is better than an empty page.
  }
  document.documentElement.lang = i18next.language
}

export async function chooseLanguage(language: Language): Promise<void> {
  storage.set(KEY, language)
  await applyLanguage(language)
}
