import { formatInteger, formatNumber, formatPercent } from '#core/format'
import type { UpdateEvent } from '#core/run/batch'
import type { Breakdown } from '#core/run/breakdown'
import type { LayerDelta, ProbeLists } from '#core/run/networkRecord'
import type { Formula, FormulaValue } from './formula.ts'

const breakdown = 'test/core/run/breakdown.test.ts'
const record = 'test/core/run/networkRecord.test.ts'

/** Of one user, one impression, one update, one layer. */
export const inspected = {
  meanVote: {
    math: 'x̄ᵤ = Σ votes of u / lists of u with a vote,  vote in [0, 1]',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: breakdown,
  },
  userShare: {
    math: '(x̄ᵤ − ½) / n,  n = users with a vote; all shares together are Δ',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: breakdown,
  },
  userActiveness: {
    math: 'S(t) = min(1, S(t₀) e^(−λ (t − t₀)) + Sₐ at a request)',
    rows: 'impressions',
    source: 'Zheng et al., WWW 2018, §4.4',
    test: 'test/core/agent/activeness.test.ts',
  },
  coldStart: {
    math: 'clicks / lists, over the users’ request of that number',
    rows: 'impressions',
    source: 'docs/metrics.md',
    test: breakdown,
  },
  credit: {
    math: 'credit(A) = Σ credit of clicked slots to A;  vote = 1, ½, 0 as A has more, as much, less, or the share that the method’s law gives to A',
    rows: 'impressions',
    source: 'Radlinski, Kurup & Joachims, CIKM 2008',
    test: 'test/core/run/replayImpression.test.ts',
  },
  pairAgreement: {
    math: '|L ∩ L̃| / k;  RBO = Σ_d (1 − p) p^(d−1) |L_d ∩ L̃_d| / d, extrapolated, p = 0.9;  τ_b of common items',
    rows: 'networks',
    source: 'Webber, Moffat & Zobel, TOIS 28(4), 2010, Eq. 32; Kendall, Biometrika 33(3), 1945',
    test: record,
  },
  layerDelta: {
    math: 'ΔW = W̃ − W of one layer;  ‖·‖ = √Σ w²,  max |ΔW|,  zeros = #{ΔW = 0} / weights',
    rows: 'networks',
    source: 'Zheng et al., WWW 2018, §4.4',
    test: record,
  },
  oneUpdate: {
    math: 'minor: W ← W + η ΔW if credit(Q̃) > credit(Q);  major: step = W after − W before,  loss = mean (y − Q)²',
    rows: 'networks',
    source: 'Zheng et al., WWW 2018, §4.4; van Hasselt, Guez & Silver, AAAI 2016',
    test: 'test/core/run/exploration.test.ts',
  },
  score: {
    math: 'Q(s, a) = V(s) + A(s, a);  told is A(s, a), as V(s) is the same for all items of a context',
    rows: 'networks',
    source: 'Zheng et al., WWW 2018, §4.3; Wang et al., ICML 2016',
    test: record,
  },
} satisfies Record<string, Formula>

const known = (value: number | null, digits: number) => formatNumber(value, digits)

export const userTold = (
  users: Breakdown['users'],
  row: number,
  voting: number | undefined,
): readonly FormulaValue[] => {
  const n = (code: number) => formatInteger(users.outcomes[4 * row + code]!)
  return [
    ['A', n(0)],
    ['B', n(1)],
    ['ties', n(2)],
    ['x̄ᵤ', known(users.meanVote[row]!, 4)],
    ['n', formatInteger(voting ?? null)],
    ['share', known(users.share[row]!, 6)],
    ['S', known(users.activeness[row]!, 4)],
  ]
}

export const layerTold = ({ size, norm, deltaNorm, largest, zeros }: LayerDelta) =>
  [
    ['weights', formatInteger(size)],
    ['‖W‖', known(norm, 4)],
    ['‖ΔW‖', known(deltaNorm, 4)],
    ['‖ΔW‖/‖W‖', known(norm > 0 ? deltaNorm / norm : null, 4)],
    ['max |ΔW|', known(largest, 4)],
    ['zeros', formatPercent(zeros)],
  ] as const

export const agreementTold = ({ overlap, rbo, tau }: Pick<ProbeLists, 'overlap' | 'rbo' | 'tau'>) =>
  [
    ['|L ∩ L̃| / k', formatPercent(overlap)],
    ['RBO', known(rbo, 4)],
    ['τ_b', known(tau, 4)],
  ] as const

export const updateTold = (update: UpdateEvent): readonly FormulaValue[] => [
  ['lists', formatInteger(update.impression)],
  ...(update.kind === 'major'
    ? []
    : ([
        ['credit(Q)', known(update.creditA, 2)],
        ['credit(Q̃)', known(update.creditB, 2)],
      ] as const)),
  ['‖step‖', known(update.stepNorm, 4)],
  ['loss', known(update.loss, 6)],
]
