import type { Quantity } from '#core/report/document'
import { formatInteger, formatInterval, missing } from '#core/format'
import type { Language } from '#core/languages'
import type { ReplayEstimatorId } from '#core/ope/estimatorSums'
import { quantityText } from '#core/report/quantityText'
import type { Formula, FormulaValue } from './formula.ts'
import { votes } from './votes.ts'

const estimators = 'test/core/stats/oracle.test.ts'
const replay = 'test/core/ope/runReplay.test.ts'
const rows = 'datasets'

/** Of logged traffic: what another policy would have earned, and a log’s own verdict. */
export const offPolicy = {
  loggedMean: { math: 'Σ r / n', rows, source: 'docs/metrics.md', test: replay },
  ips: {
    math: 'Σ w r / n,  w = πₑ(a | x) / π_b(a | x);  clipped: min(w, M)',
    rows,
    source: 'Horvitz & Thompson, JASA 47(260), 1952; Bottou et al., JMLR 14, 2013',
    test: estimators,
  },
  snips: {
    math: 'Σ w r / Σ w;  clipped: min(w, M)',
    rows,
    source: 'Swaminathan & Joachims, NeurIPS 2015',
    test: estimators,
  },
  directMethod: {
    math: 'Σ V̂(x) / n,  V̂(x) = Σₐ πₑ(a | x) q̂(x, a)',
    rows,
    source: 'Dudík, Langford & Li, ICML 2011',
    test: estimators,
  },
  doublyRobust: {
    math: 'Σ (V̂ + w (r − q̂)) / n;  clipped: min(w, M);  SNDR: Σ V̂ / n + Σ w (r − q̂) / Σ w',
    rows,
    source: 'Dudík, Langford & Li, ICML 2011',
    test: estimators,
  },
  switchDr: {
    math: 'Σ (V̂ + 1{w ≤ τ} w (r − q̂)) / n',
    rows,
    source: 'Wang, Agarwal & Dudík, ICML 2017',
    test: estimators,
  },
  shrunkDr: {
    math: 'Σ (V̂ + λ w / (w² + λ) · (r − q̂)) / n',
    rows,
    source: 'Su et al., ICML 2020',
    test: estimators,
  },
  liReplay: {
    math: 'Σ r over rounds in which πₑ does what was logged / their number; uniform logs alone',
    rows,
    source: 'Li, Chu, Langford & Wang, WSDM 2011',
    test: replay,
  },
  slateValue: {
    math: 'whole slate: Πₖ wₖ · Σ rₖ;  own position: Σ wₖ rₖ;  cascade: Σ (Π_{j ≤ k} wⱼ) rₖ',
    rows,
    source: 'Li et al., KDD 2018; McInerney et al., KDD 2020',
    test: 'test/core/ope/offPolicy.test.ts',
  },
  weights: {
    math: 'ESS = (Σ w)² / Σ w²;  mean w should be 1',
    rows,
    source: 'Kong, Liu & Wong, JASA 89(425), 1994',
    test: 'test/core/ope/offPolicy.test.ts',
  },
  logStep: {
    math: 'Δ of the lists that are left after each step of the plan',
    rows,
    source: 'docs/metrics.md',
    test: 'test/core/logAnalysis/analyseLog.test.ts',
  },
  slotRate: {
    math: 'clicks / slots of a side at one position, Wilson interval',
    rows,
    source: 'Wilson, JASA 22(158), 1927',
    test: 'test/core/logAnalysis/analyseLog.test.ts',
  },
  logSegment: {
    math: 'Δ of the users of one segment, locked engine; the family corrected as the plan says',
    rows,
    source: 'Wang & Ramdas, JRSS B 84(3), 2022; Benjamini & Hochberg, JRSS B 57(1), 1995',
    test: 'test/core/logAnalysis/analyseLog.test.ts',
  },
  logCheck: {
    math: 'value against its limit',
    rows,
    source: 'docs/metrics.md',
    test: replay,
  },
} satisfies Record<string, Formula>

const estimatorFormula: Readonly<Record<ReplayEstimatorId, keyof typeof offPolicy>> = {
  ips: 'ips',
  ipsClipped: 'ips',
  snips: 'snips',
  snipsClipped: 'snips',
  dm: 'directMethod',
  dr: 'doublyRobust',
  drClipped: 'doublyRobust',
  sndr: 'doublyRobust',
  switchDr: 'switchDr',
  drOs: 'shrunkDr',
  liReplay: 'liReplay',
}
const isEstimator = (id: string): id is ReplayEstimatorId => Object.hasOwn(estimatorFormula, id)

/** The formula of a quantity in a section of a log’s report; null for a fact that is no statistic. */
export function quantityFormula(
  section: string,
  id: string,
): keyof typeof offPolicy | keyof typeof votes | null {
  const [first = '', second = ''] = id.split('.')
  switch (section) {
    case 'estimates':
      return first === 'logged' ? 'loggedMean' : isEstimator(first) ? estimatorFormula[first] : null
    case 'slates':
      return 'slateValue'
    case 'sweep':
      return isEstimator(second) ? estimatorFormula[second] : null
    case 'alarms':
      return 'weights'
    case 'data':
      return first === 'ess' || first === 'maxWeight' ? 'weights' : null
    case 'positions':
      return isEstimator(second) ? estimatorFormula[second] : 'slotRate'
    case 'steps':
      return 'logStep'
    case 'segments':
      return 'logSegment'
    case 'result':
      return resultFormula(first, second)
    default:
      return null
  }
}

function resultFormula(first: string, engine: string): keyof typeof votes {
  if (first === 'deltaImpression') return 'impression'
  const id = first === 'delta' ? engine : first
  return isVote(id) ? id : 'delta'
}
const isVote = (id: string): id is keyof typeof votes => Object.hasOwn(votes, id)

export const quantityTold = (quantity: Quantity, language: Language): readonly FormulaValue[] => {
  const { estimate, digits, nUnit } = quantity
  const { low, high, n } = estimate
  return [
    ['value', quantityText(quantity)],
    ['interval', low === null ? missing : formatInterval(low, high, language, digits)],
    ['n', `${formatInteger(n)} ${nUnit}`],
  ]
}
