import type { OltrMethodId } from '#core/oltr/index'
import {
  oltrClicks,
  referenceBand,
  referenceNdcg,
  referenceRuns,
  referenceSd,
  type OltrClicks,
} from '#core/oltr/reference'
import { noMoments, withValue, type Moments } from '#core/stats/moments'
import { welch } from '#core/stats/welch'
import { seedInterval } from '#core/stats/seedInterval'

/** Held-out nDCG@10 of the runs of one learner with one kind of user. */
export interface OltrCell {
  readonly method: OltrMethodId
  readonly clicks: OltrClicks
  readonly early: readonly number[] // after a tenth of the impressions
  readonly final: readonly number[]
  readonly seconds: number // of the processor, for all runs
  /** Of numpy's runs; null where there are none. */
  readonly peer: readonly number[] | null
}

interface OltrSetting {
  readonly train: number // queries
  readonly test: number
  readonly impressions: number
}

const names: Readonly<Record<OltrMethodId, string>> = {
  tdDbgd: 'TD-DBGD',
  pDbgd: 'P-DBGD, ties keep w',
  pDbgdSampled: 'P-DBGD, ties by a coin',
  tdMgd: 'TD-MGD(9)',
  pdgd: 'PDGD',
  pairwise: 'Pairwise, ε .8',
}
/** Those that the reference intervals are asked of. */
const judged: readonly OltrMethodId[] = ['tdDbgd', 'pDbgdSampled', 'tdMgd', 'pdgd']
const dueling: readonly OltrMethodId[] = ['tdDbgd', 'pDbgd', 'pDbgdSampled', 'tdMgd']

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x / values.length, 0)
const momentsOf = (values: readonly number[]) => values.reduce(withValue, noMoments)
const sdOf = ({ n, squares }: Moments) => Math.sqrt(squares / (n - 1))
const word = (confirmed: boolean) => (confirmed ? 'Confirmed' : 'Not confirmed')
const show = (x: number) => x.toFixed(3)
const said = ({ method, clicks }: OltrCell) => `${names[method]}, ${clicks}`
const isInside = ({ method, clicks, final }: OltrCell) =>
  Math.abs(mean(final) - referenceNdcg[method][clicks]) <= referenceBand
const hasPeer = (cell: OltrCell): cell is OltrCell & { readonly peer: readonly number[] } =>
  cell.peer !== null

/** Of the reference, whose single runs are not known. */
function referenceMoments({ method, clicks }: OltrCell): Moments {
  const sd = referenceSd[method][clicks]
  return {
    n: referenceRuns,
    mean: referenceNdcg[method][clicks],
    squares: sd ** 2 * (referenceRuns - 1),
  }
}

/** docs/study-oltr.md */
export function oltrPage(
  cells: readonly OltrCell[],
  { train, test, impressions }: OltrSetting,
): string {
  const runs = cells[0]!.final.length
  const of = (method: OltrMethodId, clicks: OltrClicks) =>
    cells.find((cell) => cell.method === method && cell.clicks === clicks)!
  const own = cells.filter(({ method }) => judged.includes(method))
  const outside = own.filter((cell) => !isInside(cell))
  const above = oltrClicks.every((clicks) =>
    dueling.every((method) => mean(of('pdgd', clicks).final) > mean(of(method, clicks).final)),
  )
  const rows = (Object.keys(names) as OltrMethodId[]).map((method) => {
    const line = oltrClicks.map((clicks) => of(method, clicks))
    const seconds = line.reduce((sum, cell) => sum + cell.seconds, 0)
    const rate = (line.length * runs * impressions) / seconds
    return `| ${names[method]} | ${line.map(cellText).join(' | ')} | ${Math.round(rate / 100) * 100} |`
  })
  return `# Online learning to rank

Written by \`npm run study:oltr\`: linear rankers on LightGBM's lambdarank example (${train} training and
${test} held-out queries, graded 0 to 4), lists of 10, w₀ = 0, features stretched to [0, 1] within each
query, as the reference's reader does. ${impressions.toLocaleString('en')} impressions a run, ${runs} runs (seeds 1 to ${runs}), users of the
cascade model whose stop coin is tossed at every rank, as in the reference. Cells: mean held-out nDCG@10
after a tenth of the impressions / at the end ± 95 % t interval (sd over runs); the reference's mean (sd of
its ${referenceRuns} runs), and whether ours lies within ± ${referenceBand} of it.

| learner | ${oltrClicks.join(' | ')} | impressions per CPU second |
|---|---|---|---|---|
${rows.join('\n')}

**${word(outside.length === 0)}** · TD-DBGD, P-DBGD with ties by a coin, TD-MGD and PDGD are within ± ${referenceBand} of the
reference for all three users.${outside.length > 0 ? ` Outside: ${outside.map(said).join('; ')}.` : ''}

**${word(above)}** · PDGD ends above every form of DBGD for all three users.

${besideNumpy(own)}

The reference's P-DBGD samples 10,000 assignments of documents to rankers, and moves where their mean
favours the candidate. Where the exact posterior is even (a click on a document that both rankers place
alike) that mean is a coin: w takes a step of which nothing is known. Such steps lengthen w, against
which a direction of length 1 then explores less; with noisy clicks that helps. Ours works the posterior
out exactly, and by the rule of the paper a tie keeps w, which ends lower here; with the coin it lands
where the reference does.

The reference is HarrieO/OnlineLearningToRank on the same files. Its team drafts, clicks, credit, winners
(strictly more clicks than the current ranker) and mean of winners were read line by line: ours does the same,
but that its TD-MGD does not let the step decay (2 % at the end of a run). The held-out set is small:
differences below about ${referenceBand} are noise.
`
}

function cellText(cell: OltrCell): string {
  const { method, clicks, early, final } = cell
  const { mean: end, half } = seedInterval(final)
  const sd = sdOf(momentsOf(final))
  const [reference, referenceSpread] = [referenceNdcg[method][clicks], referenceSd[method][clicks]]
  return `${show(mean(early))} / **${show(end)}** ± ${show(half)} (sd ${show(sd)}); ${show(reference)} (${show(referenceSpread)}) ${isInside(cell) ? '✓' : '✗'}`
}

/** Which of two is off where ours and the reference differ: a third implementation, of many runs. */
function besideNumpy(own: readonly OltrCell[]): string {
  const cells = own.filter(hasPeer)
  if (cells.length === 0) return 'Numpy’s learners were not run beside these.'
  const compared = cells.map((cell) => {
    const peer = momentsOf(cell.peer)
    const ours = welch(momentsOf(cell.final), peer, 0.05)!
    const theirs = welch(referenceMoments(cell), peer, 0.05)!
    return { cell, peer, ours, theirs }
  })
  const lines = compared.map(({ cell, peer, ours, theirs }) => {
    const half = ours.interval.high - ours.difference
    return `| ${said(cell)} | ${show(mean(cell.final))} | ${show(peer.mean)} (${show(sdOf(peer))}, ${peer.n}) | ${show(ours.difference)} ± ${show(half)} | ${show(theirs.difference)} ± ${show(theirs.interval.high - theirs.difference)} |`
  })
  const agree = compared.every(
    ({ ours: { interval } }) => interval.low > -referenceBand && interval.high < referenceBand,
  )
  return `## Beside a third implementation
\`test/bench/peers/oltr_peer.py\` does the reference's array operations one by one in numpy (complex sorts
that break ties by chance, drafts slot by slot, sampled assignments, tensors of pairs), on the same files
with random numbers of its own. Its mean (sd, runs), and differences with Welch's 95 % interval.

| learner, user | ours | numpy | ours − numpy | reference − numpy |
|---|---|---|---|---|
${lines.join('\n')}

**${word(agree)}** · Ours and numpy's are the same to ± ${referenceBand}: every interval of their difference lies inside.
${compared
  .filter(({ cell }) => !isInside(cell))
  .map(explained)
  .join('\n')}`
}

function explained({
  cell,
  peer,
  theirs,
}: {
  readonly cell: OltrCell
  readonly peer: Moments
  readonly theirs: { readonly p: number }
}): string {
  const reference = referenceNdcg[cell.method][cell.clicks]
  const withUs = Math.abs(peer.mean - mean(cell.final)) < Math.abs(peer.mean - reference)
  const p = theirs.p < 0.001 ? 'p < .001' : `p = ${theirs.p.toFixed(3)}`
  return withUs
    ? `
Where ours is outside the reference's band (${said(cell)}), numpy lands with ours: ${show(peer.mean)} over ${peer.n} runs,
where the reference's ${referenceRuns} runs have ${show(reference)} (${p}; such a value is one of ${3 * judged.length} that were looked at). Nothing in the
algorithm accounts for those ${referenceRuns} runs; ours is not moved towards them.`
    : `
Where ours is outside the reference's band (${said(cell)}), numpy lands with the reference: ${show(peer.mean)} over
${peer.n} runs. Ours is off.`
}
