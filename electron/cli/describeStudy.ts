import type { StudyDetail, StudyFrame } from '#core/contract/studies'
import { formatNumber, formatPercent } from '#core/format'
import type { StudyKind, StudyReport } from '#core/study/index'
import { studyDocument } from '#core/report/studyReport'
import { describeCalibration } from './describeCalibration.ts'
import { describeDocument } from './describeDocument.ts'
import { describeDrift } from './describeDrift.ts'

/** How the terminal tells of a kind of study. */
interface StudyWords<K extends StudyKind> {
  /** The result in some lines. */
  describe(detail: StudyDetail<K>): string
  /** What the progress line says of the newest report. */
  progress(report: StudyReport<K>): readonly string[]
}

const words: { readonly [K in StudyKind]?: StudyWords<K> } = {
  calibration: {
    describe: describeCalibration,
    progress(report) {
      const locked = report.methods.find(({ id }) => id === report.lockedEngine)
      if (!locked) return []
      return [
        `false positives ${formatPercent(locked.falsePositives.value)}`,
        `power ${formatPercent(locked.power.value)} at Δ ${formatNumber(report.effect.achieved)}`,
      ]
    },
  },
  drift: {
    describe: describeDrift,
    progress: ({ claims }) => {
      const confirmed = claims.filter((claim) => claim.confirmed !== 'no').length
      return claims.length === 0 ? [] : [`${confirmed} of ${claims.length} claims hold`]
    },
  },
}
const wordsOf: Readonly<Partial<Record<StudyKind, StudyWords<StudyKind>>>> = words

/** The result of a study in some lines of text; its report as JSON where nobody has found words. */
export function describeStudy(detail: StudyDetail): string {
  const { id, kind, name, seed, digest, commandLine, report } = detail
  const own = wordsOf[kind]
  if (own) return own.describe(detail)
  const printed = studyDocument(detail, { language: 'en', appVersion: '' })
  if (printed) return describeDocument(printed, detail)
  return [
    `Study ${id}  ${name}\n${kind}, seed ${seed}\n`,
    `${JSON.stringify(report, null, 2)}\n`,
    `digest ${digest ?? 'none'}\nrerun  ${commandLine}\n`,
  ].join('\n')
}

/** What the progress line says of the newest report; nothing while there is none. */
export const studyWords = ({ kind, report }: StudyFrame): readonly string[] =>
  report ? (wordsOf[kind]?.progress(report) ?? []) : []
