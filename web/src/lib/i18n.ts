import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import en from '@/locales/en.json'
import type enPages from '@/locales/en.pages.json'

import { storage } from './storage'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof enPages }
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

/** The texts of what is not on the first page, which loads faster without them. */
const PAGES = {
  en: () => import('@/locales/en.pages.json'),
  de: () => import('@/locales/de.pages.json'),
}
const loadedPages = new Set<Language>()
let wantsPages = false

async function load(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const words = await import('@/locales/de.json')
    i18next.addResourceBundle(language, 'translation', words.default)
  }
  if (wantsPages && !loadedPages.has(language)) {
    const words = await PAGES[language]()
    i18next.addResourceBundle(language, 'translation', words.default, true)
    loadedPages.add(language)
  }
}

/** Loads a page together with the texts that only such pages have. */
export function withTexts<T>(page: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [loaded] = await Promise.all([page(), loadPageTexts()])
    return loaded
  }
}

export async function loadPageTexts(): Promise<void> {
  wantsPages = true
  await load('en')
  if (isLanguage(i18next.language)) await load(i18next.language)
}

export async function setUpI18n(language: Language = preferred()): Promise<void> {
  loadedPages.clear()
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    // A copy: other texts are merged into it.
    resources: { en: { translation: structuredClone(en) } },
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
