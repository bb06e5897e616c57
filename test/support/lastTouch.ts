import type { HealthLevel } from '#core/stats/healthLevel'

export interface ShownList {
  readonly id: string
  readonly user: string
  /** Seconds. */
  readonly t: number
  readonly items: readonly string[]
}

export interface ItemEvent {
  readonly user: string
  /** Seconds. */
  readonly t: number
  readonly item: string
}

export interface Attribution {
  /** Id of the impression that gets the credit, per event; null for an orphan. */
  readonly impression: readonly (string | null)[]
  readonly attributed: number
  readonly orphan: number
  /** Attributed events for which another impression would have qualified too. */
  readonly ambiguous: number
  /** Per event; null without events. */
  readonly orphanRate: number | null
  readonly ambiguousRate: number | null
  readonly level: HealthLevel
}

/** Orphan rate above which attribution is pointed out. */
const orphanLimit = 0.05

/**
 * Last touch: an event belongs to the latest impression of that user, not after the event and at
 * most `window` seconds before it (both inclusive), that showed the item. Of two impressions at the
 * same second the later one of the log is the latest.
 */
export function lastTouch(
  impressions: readonly ShownList[],
  events: readonly ItemEvent[],
  window: number,
): Attribution {
  const shown = byUserAndItem(impressions)
  let ambiguous = 0
  const impression = events.map(({ user, item, t }) => {
    const candidates = (shown.get(user)?.get(item) ?? []).filter(
      (list) => list.t <= t && list.t >= t - window,
    )
    if (candidates.length > 1) ambiguous++
    const [last] = candidates.slice(-1)
    return last ? last.id : null
  })
  const orphan = impression.filter((id) => id === null).length
  const orphanRate = events.length === 0 ? null : orphan / events.length
  return {
    impression,
    attributed: events.length - orphan,
    orphan,
    ambiguous,
    orphanRate,
    ambiguousRate: events.length === 0 ? null : ambiguous / events.length,
    level: orphanRate !== null && orphanRate > orphanLimit ? 'warn' : 'ok',
  }
}

/** Impressions in time order, by who saw them and what they showed. */
function byUserAndItem(
  impressions: readonly ShownList[],
): ReadonlyMap<string, ReadonlyMap<string, readonly ShownList[]>> {
  const shown = new Map<string, Map<string, ShownList[]>>()
  for (const list of [...impressions].sort((a, b) => a.t - b.t)) {
    let items = shown.get(list.user)
    if (!items) shown.set(list.user, (items = new Map<string, ShownList[]>()))
    for (const item of new Set(list.items)) {
      const lists = items.get(item)
      if (lists) lists.push(list)
      else items.set(item, [list])
    }
  }
  return shown
}
