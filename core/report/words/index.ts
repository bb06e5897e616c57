import type { Language } from '../../languages.ts'
import { en } from './en.ts'
import type { ReportWords } from './words.ts'
import { zhCN } from './zh-CN.ts'

export const reportWords: Readonly<Record<Language, ReportWords>> = { en, 'zh-CN': zhCN }
