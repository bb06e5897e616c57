import { createI18n } from 'vue-i18n'
import type { Language } from '#core/languages'
import { singular } from '#core/singular'
import { en } from './locales/en.ts'

/** A message in the current language, with named values filled in. */
export type Translate = (key: string, named?: Record<string, unknown>) => string

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  // numbers come formatted, which vue-i18n can not count by; Chinese has no plural
  postTranslation: (text) => (typeof text === 'string' ? singular(text) : text),
  // Chinese comes by `loadWords`
  messages: { en } as Record<Language, typeof en>,
})

/** Brings the words of a language, once. English is always there, as it stands in for what is missing. */
export async function loadWords(language: Language): Promise<void> {
  if (i18n.global.availableLocales.includes(language)) return
  const { zhCN } = await import('./locales/zh-CN.ts')
  i18n.global.setLocaleMessage('zh-CN', zhCN)
}
