import type { StudyDetail } from '#core/contract/studies'
import type { Holds } from '#core/driftBench/claims'
import { formatNumber } from '#core/format'

const grades: Readonly<Record<Holds, string>> = {
  clearly: 'holds',
  inTheMean: 'holds in the mean',
  no: 'does not hold',
}

/** The claims of a drift bench, with each inequality that they consist of. */
export function describeDrift(detail: StudyDetail<'drift'>): string {
  const { id, name, seed, digest, commandLine, report } = detail
  const lines = (report?.claims ?? []).flatMap((claim) => [
    `${claim.id}: ${grades[claim.confirmed]}`,
    ...claim.parts.map(({ id: what, value, side, bound, holds }) => {
      const found = `${formatNumber(value.mean)} ± ${formatNumber(value.half)}`
      return `  ${what}: ${found}, expected ${side} ${formatNumber(bound)}: ${grades[holds]}`
    }),
  ])
  return [
    `Study ${id}  ${name}\ndrift, seed ${seed}, ${report?.seeds ?? 0} seeds\n`,
    ...lines,
    `\ndigest ${digest ?? 'none'}\nrerun  ${commandLine}\n`,
  ].join('\n')
}
