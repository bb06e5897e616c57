import { UsageError } from '../usageError.ts'
import type { TypedWords } from './typedWords.ts'
import { text } from './verb.ts'

/** Clicks of a log in a file of their own, and the seconds after its list in which one counts. */
export interface EventTable {
  readonly file: string
  readonly window: number | null // null: any time
}

export const eventOptions = { events: text, window: text } as const

/** @throws UsageError for a window without a table, or one that is no time */
export function eventTableOf({ text: typed }: TypedWords): EventTable | null {
  const file = typed('events')
  const window = typed('window')
  if (file !== null) return { file, window: window === null ? null : secondsOf(window) }
  if (window === null) return null
  throw new UsageError('--window is of a table of events; name it with --events FILE')
}

const unitSeconds = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 } as const

function secondsOf(value: string): number {
  const [, digits = '', unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|min|h|d)?$/.exec(value.trim()) ?? []
  const seconds = Number(digits) * unitSeconds[unit as keyof typeof unitSeconds]
  if (digits !== '' && seconds > 0 && seconds <= 31_536_000) return seconds
  throw new UsageError(`--window is "${value}"; write a time up to a year, such as 24h, 30m or 7d`)
}
