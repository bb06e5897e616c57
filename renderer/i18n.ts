import { createI18n } from 'vue-i18n'
import { en } from './locales/en.ts'
import { zhCN } from './locales/zh-CN.ts'

/** A message in the current language, with named values filled in. */
export type Translate = (key: string, named?: Record<string, unknown>) => string

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, 'zh-CN': zhCN },
})
