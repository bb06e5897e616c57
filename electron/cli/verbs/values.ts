import { languages, type Language } from '#core/languages'
import { reportFormatIds } from '#core/contract/reports'
import { studyFormatIds } from '#core/contract/studies'
import { UsageError } from '../usageError.ts'
import type { TypedWords } from './typedWords.ts'

/** Values that several verbs take; each throws a UsageError that names the value and the remedy. */

export type ReportFormatId = (typeof reportFormatIds)[number]

/** The known word that was meant, whatever its capitals. */
export function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((word) => word.toLowerCase() === value.toLowerCase())
  if (found === undefined) {
    throw new UsageError(`${option} is "${value}"; write one of ${known.join(', ')}`)
  }
  return found
}

/** Null where none was typed. */
export function seedOf({ text }: TypedWords): number | null {
  const value = text('seed')
  if (value === null) return null
  const seed = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(seed)) {
    throw new UsageError(
      `--seed is "${value}"; write an integer from 0 to ${Number.MAX_SAFE_INTEGER}`,
    )
  }
  return seed
}

/** The number of a run, a model or a report. @param list command that shows the numbers */
export function numberOf(noun: string, value: string, list: string): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < 1) {
    throw new UsageError(
      `the ${noun} is "${value}"; write its number, as in the first column of ${list}`,
    )
  }
  return number
}

export const runNumber = (value: string): number => numberOf('run', value, 'list')

export const languageOf = ({ text }: TypedWords): Language =>
  oneOf('--language', text('language') ?? 'en', languages)

/** As asked for, or as the name of the file says. */
export function formatOf(format: string | null, out: string | null): ReportFormatId {
  const ending = /\.(\w+)$/.exec(out ?? '')?.[1] ?? ''
  const meant = format ?? reportFormatIds.find((id) => id === ending.toLowerCase())
  if (meant === undefined) {
    const typed = out === null ? '' : `; --out is "${out}", whose ending is none of them`
    throw new UsageError(`report needs --format ${reportFormatIds.join('|')}${typed}`)
  }
  return oneOf('--format', meant, reportFormatIds)
}

/** A file that the result of a study is written to, and in which format; null where none was typed. */
export interface StudyReportFile {
  readonly path: string
  readonly format: (typeof studyFormatIds)[number]
}

export function studyReportOf({ text }: TypedWords): StudyReportFile | null {
  const path = text('report')
  if (path === null) return null
  const format = studyFormatIds.find((known) => path.toLowerCase().endsWith(`.${known}`))
  if (format) return { path, format }
  const endings = studyFormatIds.map((known) => `.${known}`).join(', ')
  throw new UsageError(`--report is "${path}"; end it in one of ${endings}`)
}

const LONGEST_NAME = 120

/** What somebody calls a dataset or a model: one line that a list can show. */
export function nameOf(option: string, value: string): string {
  const name = value.trim()
  if (/\p{Cc}/u.test(name)) {
    throw new UsageError(
      `${option} is ${JSON.stringify(name)}; write it without line breaks and tabs`,
    )
  }
  if (name.length <= LONGEST_NAME) return name
  throw new UsageError(
    `${option} has ${name.length} characters; write at most ${LONGEST_NAME}: "${name.slice(0, 40)}…"`,
  )
}
