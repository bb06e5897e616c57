import { createEnvironment } from '#core/environment/index'
import type { Environment } from '#core/environment/environment'
import type { SimulatedWorld } from '#core/environment/params'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { ExperimentSpec } from '#core/experimentSpec'
import { ratioEstimate } from '#core/run/ratioEstimate'
import { anchorLevel, exact, hiddenByType, sameHash, type Panel } from './panel.ts'
import { playWorld, policyIds, type Played, type PolicyId } from './playWorld.ts'
import { contrastsOf, ctr } from './signTests.ts'
import type { AgeHistogram, Anchor, GapHistogram, ValidityCheck } from './validityReport.ts'
import type { ValiditySpec } from './validitySpec.ts'

/** The settings of an examination of a world that serves lists. */
type ListsSpec = Omit<ValiditySpec, 'environment'> & { readonly environment: SimulatedWorld }

/** Worlds whose users are shown lists. */
export function listsPanel(spec: ListsSpec, ratings: RatingsTable | null, seed: number): Panel {
  const play = playerOf(spec, ratings)
  const policies = policyIds.filter((policy) => policy !== 'swapped')
  return {
    policies,
    play(id) {
      const policy = policies.find((own) => own === id)!
      const played = play(spec.environment, policy, seed)
      const anchor = { policy, ctr: ratioEstimate(played.clicks, played.items, anchorLevel) }
      if (policy !== 'random') return { anchor, checks: [], seen: {} }
      const again = play(spec.environment, policy, seed)
      const { hash, calibration } = played
      return {
        anchor,
        checks: [
          ...levelChecks(spec, played),
          ...timeChecks(spec.environment, played),
          sameHash(hash, again.hash, played.requests),
        ],
        seen: { gaps: histogram(played.gaps), ages: byAge(played.clickAges), hash, calibration },
      }
    },
    compare: (anchors) => [...anchorChecks(anchors), hiddenByType],
    contrasts: contrastsOf(spec.environment, play),
  }
}

/** Plays a world by the settings of the study; a world is made once per variant. */
function playerOf(spec: ListsSpec, ratings: RatingsTable | null) {
  const made = new Map<string, Environment>()
  const { environment: world } = spec
  const experiment = ExperimentSpec.parse({
    name: 'validity',
    environment: world,
    traffic: {
      users: spec.users,
      impressionsPerUser: 20,
      listLength: spec.listLength,
      poolSize: spec.poolSize,
    },
    click: { kind: 'positionBased', eta: world.kind === 'sessions' ? 0 : 0.5 },
  })
  return (environment: SimulatedWorld, policy: PolicyId, seed: number): Played => {
    const key = JSON.stringify(environment)
    let opened = made.get(key)
    if (!opened) made.set(key, (opened = createEnvironment(environment, ratings)))
    // a variant may lie beyond what a plan may ask for
    return playWorld(opened, { ...experiment, environment }, policy, seed, spec.requests)
  }
}

function anchorChecks(anchors: readonly Anchor[]): ValidityCheck[] {
  const value = (policy: PolicyId) => anchors.find((anchor) => anchor.policy === policy)!.ctr
  const oracle = value('oracle')
  const below = (id: 'randomBelowOracle' | 'learnedBelowOracle', policy: PolicyId) => ({
    block: 'anchors' as const,
    id,
    unit: 'rate' as const,
    estimate: value(policy),
    expected: oracle.value,
    verdict:
      (value(policy).value ?? 0) < (oracle.value ?? 0) ? ('pass' as const) : ('fail' as const),
  })
  return [below('randomBelowOracle', 'random'), below('learnedBelowOracle', 'factors')]
}

/** What random lists should get, where a world says so, and whether they do. */
function wantedLevel(
  environment: ListsSpec['environment'],
  found: number,
): Pick<ValidityCheck, 'expected' | 'verdict'> {
  const judged = (holds: boolean) => (holds ? 'pass' : 'fail')
  if (environment.kind === 'news' && environment.targetCtr > 0) {
    const target = environment.targetCtr
    return { expected: target, verdict: judged(Math.abs(found - target) <= 0.25 * target) }
  }
  // the range of the click function
  if (environment.kind === 'sessions') {
    return { expected: null, verdict: judged(found > 0.0045 && found < 0.0293) }
  }
  return { expected: null, verdict: 'info' }
}

function levelChecks({ environment }: ListsSpec, played: Played): ValidityCheck[] {
  const checks: ValidityCheck[] = [
    {
      block: 'level',
      id: 'randomLevel',
      unit: 'rate',
      estimate: ratioEstimate(played.clicks, played.items, anchorLevel),
      ...wantedLevel(environment, ctr(played)),
    },
  ]
  const expected = closedForm(environment)
  if (expected !== null) {
    const present = played.firstPools.map((x) => (Number.isNaN(x) ? 0 : 1))
    const values = played.firstPools.map((x) => (Number.isNaN(x) ? 0 : x))
    const estimate = ratioEstimate(values, present, anchorLevel)
    const hit = estimate.low !== null && estimate.low <= expected && expected <= estimate.high!
    checks.push({
      block: 'anchors',
      id: 'firstPool',
      unit: 'rate',
      estimate,
      expected,
      verdict: hit ? 'pass' : 'fail',
    })
  }
  checks.push({
    block: 'level',
    id: 'clicklessLists',
    unit: 'share',
    estimate: exact(played.clickless / played.requests, played.requests),
    expected: null,
    verdict: 'info',
  })
  checks.push({
    block: 'level',
    id: 'candidates',
    unit: 'items',
    estimate: exact(played.candidates, played.requests),
    expected: null,
    verdict: 'info',
  })
  return checks
}

/** A1: mean attraction of a user's first pool; types are uniform, every pair is drawn apart. */
function closedForm(environment: SimulatedWorld): number | null {
  if (environment.kind !== 'typedLatent') return null
  const { types, likeSame, likeOther, attractionByGrade } = environment
  const like = likeSame / types + likeOther * (1 - 1 / types)
  const [one, two, , , five] = attractionByGrade
  return like * five! + ((1 - like) * (one! + two!)) / 2
}

function timeChecks(environment: SimulatedWorld, played: Played): ValidityCheck[] {
  const { gaps, requests } = played
  const share = (from: number, to: number) =>
    gaps.filter((gap) => gap >= from && gap < to).length / Math.max(1, gaps.length)
  const checks: ValidityCheck[] = []
  if (environment.kind === 'news') {
    const [near, between, far] = [share(0, 1800), share(1800, 7200), share(7200, Infinity)]
    const twoModes = near > 2 * between && far > 2 * between
    const shareCheck = (id: 'inSession' | 'betweenModes' | 'dailyMode', value: number) => ({
      block: 'time' as const,
      id,
      unit: 'share' as const,
      estimate: exact(value, gaps.length),
      expected: id === 'inSession' ? environment.inSession : null,
      verdict: twoModes ? ('pass' as const) : ('fail' as const),
    })
    checks.push(
      shareCheck('inSession', near),
      shareCheck('betweenModes', between),
      shareCheck('dailyMode', far),
    )
    if (played.clickAges.length > 0) {
      const mean = played.clickAges.reduce((sum, x) => sum + x, 0) / played.clickAges.length
      const life = environment.freshnessHours
      checks.push({
        block: 'time',
        id: 'ageAtClick',
        unit: 'hours',
        estimate: exact(mean, played.clickAges.length),
        expected: life,
        verdict: mean > 0.2 * life && mean < 1.5 * life ? 'pass' : 'fail',
      })
    }
  }
  if (environment.kind === 'sessions') {
    const mean = requests / Math.max(1, played.requestsPerUser.length)
    checks.push({
      block: 'time',
      id: 'requestsPerUser',
      unit: 'none',
      estimate: exact(mean, played.requestsPerUser.length),
      expected: null,
      verdict: 'info',
    })
  }
  return checks
}

/** Eighths of a decade from 1 s to 100 days; null without a return. */
function histogram(gaps: readonly number[]): GapHistogram | null {
  if (gaps.length === 0) return null
  const width = 0.125
  const counts = new Array<number>(56).fill(0)
  for (const gap of gaps) {
    const bin = Math.floor(Math.log10(Math.max(1, gap)) / width)
    counts[Math.min(counts.length - 1, bin)]!++
  }
  return { fromLog10: 0, width, counts }
}

/** Hours from 0 to 24; null without a click on an item that ages. */
function byAge(ages: readonly number[]): AgeHistogram | null {
  if (ages.length === 0) return null
  const counts = new Array<number>(24).fill(0)
  for (const age of ages) counts[Math.min(counts.length - 1, Math.floor(age))]!++
  return { widthHours: 1, counts }
}
