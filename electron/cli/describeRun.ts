import type { RunDetail, RunRow } from '#core/contract/runs'
import { formatEstimate, formatInteger, formatInterval, formatNumber, missing } from '#core/format'
import { sideArms, type SideArm } from '#core/run/summary'
import { sideNames } from '#core/sideNames'
import { verdictSentence } from '#core/verdictSentence'
import { textTable } from './textTable.ts'

/** The result of a run in some lines of text. */
export function describeRun(detail: RunDetail): string {
  const { id, name, seed, state, reason, summary, done, total, backend, commandLine } = detail
  const progress = `${formatInteger(done)} of ${formatInteger(total)} impressions`
  const head = `Run ${id}  ${name}\n${state}${reason === null ? '' : ` (${reason})`}, ${progress}, seed ${seed}, backend ${backend?.name ?? missing}\n`
  if (!summary) return `${head}\nNo result is stored yet.\n`
  const { headline, second } = verdictSentence(summary, 'en')
  const { outcomes, delta } = summary
  const votes = `${formatInteger(outcomes.a)} A, ${formatInteger(outcomes.b)} B, ${formatInteger(outcomes.tie)} ties, ${formatInteger(outcomes.noVote)} no-votes`
  const names = summary.contest ? sideNames(summary.contest, 'en') : []
  const arms = summary.arms.map(({ id: arm, ctr }) => [
    names[sideArms.indexOf(arm as SideArm)] ?? arm,
    formatEstimate(ctr, 'en'),
    `${formatInteger(ctr.n)} users`,
  ])
  return [
    head,
    `${headline}\n${second}\n`,
    textTable([
      ['Δ, users', formatEstimate(delta, 'en'), `${formatInteger(delta.n)} users`],
      [
        'Δ, impressions',
        formatEstimate(summary.deltaImpression, 'en'),
        `${formatInteger(summary.deltaImpression.n)} users`,
      ],
      ['outcomes', votes, `${formatInteger(summary.impressions)} impressions`],
      [
        'exploration cost',
        formatEstimate(summary.explorationCost, 'en', 1),
        `${formatInteger(summary.explorationCost.n)} users`,
      ],
    ]),
    `Expected clicks per shown item on the same requests\n${textTable(arms)}`,
    `digest ${summary.digest}\nrerun  ${commandLine}\n`,
  ].join('\n')
}

/** The runs of a workspace, newest first. */
export function describeRuns(runs: readonly RunRow[]): string {
  if (runs.length === 0)
    return 'There is no run yet. Start one with: npm run -s duelist -- run duel\n'
  const rows = runs.map(({ id, state, done, total, summary, seed, name }) => [
    String(id),
    state,
    total > 0 ? `${formatNumber((100 * done) / total, 0)}\u00a0%` : missing,
    summary ? formatInterval(summary.delta.low, summary.delta.high, 'en') : missing,
    summary?.verdict.state ?? missing,
    String(seed),
    name,
  ])
  return textTable([['run', 'state', 'done', 'Δ', 'verdict', 'seed', 'name'], ...rows])
}
