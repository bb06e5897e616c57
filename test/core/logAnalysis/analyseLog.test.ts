import { describe, expect, it } from 'vitest'
import { readerOf, type InterleavingLog } from '#core/dataset/kinds/interleaving'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import { LogPlan } from '#core/logAnalysis/logPlan'
import type { z } from 'zod'
import { pickLists } from '../../support/pickLists.ts'
import { syntheticLog } from '../../support/syntheticLog.ts'
import { finished } from '../../support/finished.ts'

const analyse = (log: InterleavingLog, plan: z.input<typeof LogPlan> = {}) =>
  finished(analyseLog(readerOf(log), LogPlan.parse(plan)))
const levels = (report: Awaited<ReturnType<typeof analyse>>) =>
  Object.fromEntries(report.health.map(({ id, level }) => [id, level]))

const everyList = (log: InterleavingLog) => Array.from({ length: log.impressions }, (_, i) => i)

describe('the analysis of a log', () => {
  const fair = syntheticLog()

  it('finds the side whose items are clicked more, and nothing where there is no difference', async () => {
    const better = await analyse(syntheticLog({ lift: 1.6 }))
    expect(better.verdict.state).toBe('aBetter')
    expect(better.contest?.challengers).toHaveLength(1)
    const turned = await analyse(syntheticLog({ lift: 1.6 }), {
      sides: [{ team: 'B', label: 'new' }, { team: 'A' }],
    })
    expect(turned.verdict.state).toBe('bBetter')
    expect(turned.delta.value).toBeCloseTo(-better.delta.value!, 12)
    expect(turned.contest?.sides[0]?.label).toBe('new')
    const same = await analyse(fair)
    expect(['undecided', 'practicallyEqual']).toContain(same.verdict.state)
    expect(new Set(Object.values(levels(same)))).toEqual(new Set(['ok']))
  })

  it('gives the same result and digest from source ranks alone, where teams are certain', async () => {
    const log = syntheticLog({ disjoint: true })
    const logged = await analyse(log)
    const recomputed = await analyse({ ...log, team: null })
    expect(recomputed.delta).toEqual(logged.delta)
    expect(recomputed.teams).toMatchObject({ logged: false, mismatched: 0 })
    expect(await analyse(log)).toEqual(logged)
  })

  it('does not depend on how many lists are read at once', async () => {
    for (const plan of [{}, { segments: ['platform'] }]) {
      const whole = await analyse(fair, plan)
      const torn = await finished(analyseLog(readerOf(fair, 7), LogPlan.parse(plan)))
      expect(torn).toEqual(whole)
    }
  })

  it('counts what its rule calls a success', async () => {
    const clicks = await analyse(fair)
    const dwell = await analyse(fair, { attribution: { event: 'dwell', seconds: 30 } })
    const orders = await analyse(fair, { attribution: { event: 'order' } })
    expect(dwell.attribution.events).toBe(clicks.clicks)
    expect(dwell.clicks / clicks.clicks).toBeCloseTo(0.5, 1)
    expect(orders.clicks / clicks.clicks).toBeCloseTo(0.3, 1)
    expect(dwell.outcomes.noVote).toBeGreaterThan(clicks.outcomes.noVote)
    await expect(
      analyse({ ...fair, dwell: null }, { attribution: { event: 'dwell' } }),
    ).rejects.toThrow('attribution.event: the log has no dwell times')
  })

  it('credits clicks within the window only, and counts the others by reason', async () => {
    const delay = fair.delay!.map((seconds, row) => (row % 10 === 0 ? -seconds : seconds))
    const log = { ...fair, delay }
    const all = await analyse(fair)
    const { attribution, clicks, health } = await analyse(log, { window: 30 })
    const { events, orphans, late, unmeasured, attributed } = attribution
    expect(events).toBe(all.clicks)
    expect(orphans + late + unmeasured + attributed).toBe(events)
    expect(orphans / events).toBeCloseTo(0.1, 1)
    expect(late / events).toBeCloseTo(0.45, 1)
    expect(clicks).toBe(attributed)
    expect(health.find(({ id }) => id === 'orphanClicks')).toMatchObject({ level: 'warn' })
    await expect(analyse({ ...fair, delay: null }, { window: 30 })).rejects.toThrow('window')
  })

  it('compares segments as one corrected family', async () => {
    const log = syntheticLog({ lift: 1.6 })
    const { segments } = await analyse(log, { segments: ['platform'] })
    expect(segments?.family).toEqual({ method: 'eBh', size: 2, errorRate: 0.05 })
    expect(segments?.rows.map(({ value, rejected }) => [value, rejected])).toEqual([
      ['phone', true],
      ['web', true],
    ])
    await expect(analyse(log, { segments: ['country'] })).rejects.toThrow('platform')
  })

  it('leaves the method with ranks to logs that have them', async () => {
    const blind = { ...fair, rankA: null, rankB: null }
    const report = await analyse(blind)
    expect(report.teams).toMatchObject({ ranked: false, checked: 0 })
    expect(report.health.find(({ id }) => id === 'dilution')?.value).toBeNull()
    await expect(analyse(blind, { interleaver: { kind: 'probabilistic' } })).rejects.toThrow(
      'rank_a',
    )
  })
})

describe('the health checks of a log find', () => {
  it('a planted team swap', async () => {
    const log = syntheticLog()
    const team = log.team!.map((side, row) => (row < 0.05 * log.item.length ? 1 - side : side))
    const report = await analyse({ ...log, team })
    expect(levels(report)['teamMismatch']).toBe('block')
    expect(report.verdict).toMatchObject({ state: 'invalid', reason: 'teamMismatch' })
    const repaired = await analyse({ ...log, team }, { filters: [{ rule: 'teamMismatch' }] })
    expect(repaired.steps[0]!.impressions).toBe(report.teams.mismatched)
  })

  it('a planted bot, which a step leaves out with the result before and after', async () => {
    const log = syntheticLog({ users: 300 })
    const everything = log.click.map((click, row) =>
      log.user[Math.floor(row / 5)] === 3 ? 1 : click,
    )
    const planted = { ...log, click: everything }
    const bots = { rule: 'bots', minimumLists: 10 } as const
    const left = await analyse(planted, { filters: [] })
    expect(left.automaticUsers).toBe(0) // ten lists are too few for the default
    const found = await analyse(planted, { filters: [bots] })
    expect(found.automaticUsers).toBe(1)
    expect(found.steps).toMatchObject([{ impressions: 10, users: 1 }])
    expect(found.steps[0]!.before.n).toBe(found.steps[0]!.after.n + 1)

    const fast = { ...log, user: log.user.map((user, i) => (i % 2 === 0 ? 7 : user)) }
    const crawler = {
      ...fast,
      time: fast.time.map((t) => 1_700_000_000 + (t - 1_700_000_000) / 60),
    }
    const noticed = await analyse(crawler, { filters: [] })
    expect(levels(noticed)).toMatchObject({ automaticUsers: 'warn', heavyUsers: 'warn' })
    expect(levels(await analyse(crawler))['automaticUsers']).toBe('ok')
  })

  it('heavy users, whom a step of its own leaves out whole', async () => {
    const log = syntheticLog({ users: 100, listsPerUser: 4 })
    const user = log.user.map((own, i) => (i % 4 === 0 ? 7 : own)) // 100 lists and three of their own
    const { steps, users } = await analyse(
      { ...log, user },
      { filters: [{ rule: 'heavyUsers', lists: 50 }, { rule: 'repeated' }] },
    )
    expect(steps.map(({ filter }) => filter.rule)).toEqual(['repeated', 'heavyUsers'])
    const heavy = user.reduce((sum, one) => sum + (one === 7 ? 1 : 0), 0)
    expect(steps[1]).toMatchObject({ impressions: heavy, users: 1 })
    expect(steps[1]!.before).toEqual(steps[0]!.after)
    expect(steps[1]!.after.n).toBe(steps[1]!.before.n - 1)
    expect(users).toBeLessThanOrEqual(99)
    await expect(analyse(log, { filters: [{ rule: 'heavyUsers', lists: 1 }] })).rejects.toThrow(
      'filters: no list is left (heavyUsers 400); loosen a rule',
    )
  })

  it('a planted sample-ratio mismatch', async () => {
    const log = syntheticLog({ users: 1200, listsPerUser: 2 })
    const ledByB = (i: number) => log.team![i * 5] === 1
    const lost = pickLists(
      log,
      everyList(log).filter((i) => !(ledByB(i) && i % 3 === 0)),
    )
    expect(levels(await analyse(log))['firstListLead']).toBe('ok')
    const report = await analyse(lost)
    expect(levels(report)['firstListLead']).toBe('block')
    expect(report.verdict.state).toBe('invalid')
  })

  it('lists that were delivered twice', async () => {
    const log = syntheticLog()
    const twice = pickLists(
      log,
      everyList(log).flatMap((i) => (i < 100 ? [i, i] : [i])),
    )
    expect(levels(await analyse(twice, { filters: [] }))['repeatedLists']).toBe('warn')
    const cleaned = await analyse(twice)
    expect(cleaned.steps[0]).toMatchObject({ impressions: 100, users: 0 })
    expect(cleaned.delta).toEqual((await analyse(log)).delta)
  })
})
