import type { VerdictState } from '#core/run/summary'
import type { Token } from './tokens.ts'

/** Hollow no-vote, hatched B and tie, solid A: the bars can be told apart without their hue. */
export function outcomeBars(token: Token) {
  const stripe = (rotation: number, gap: number, color: string) => ({
    symbol: 'rect' as const,
    dashArrayX: [1, 0],
    dashArrayY: [1, gap],
    rotation,
    color,
  })
  return {
    a: { color: token('a'), decal: { symbol: 'none' as const } },
    tie: { color: token('tie'), decal: stripe(-Math.PI / 4, 3, token('surface')) },
    b: { color: token('b'), decal: stripe(Math.PI / 4, 5, 'rgba(255,255,255,0.55)') },
    noVote: {
      color: token('surface'),
      borderColor: token('novote'),
      borderWidth: 1,
      decal: { symbol: 'none' as const },
    },
  }
}

/** Dash and tone of each reference line of a learning chart. */
export function referenceLines(token: Token) {
  const line = (name: string, type: number[]) => ({ color: token(`ref-${name}`), width: 1, type })
  return {
    random: line('random', [1, 3]),
    popularity: line('popularity', [3, 3]),
    staticBest: line('static', [6, 3]),
    greedyMf: line('greedy', [6, 2, 1, 2]),
    untrained: line('greedy', [9, 3]),
    oracle: line('oracle', [12, 3, 2, 3]),
  }
}

/** Direction has to be earned: hue and shape of a team only once the verdict names one. */
export function verdictStyle(token: Token, state: VerdictState) {
  if (state === 'aBetter') {
    return { line: token('a'), text: token('a-text'), band: token('a-band'), glyph: 'a' as const }
  }
  if (state === 'bBetter') {
    return { line: token('b'), text: token('b-text'), band: token('b-band'), glyph: 'b' as const }
  }
  return {
    line: token('ink-2'),
    text: token('ink-2'),
    band: token('neutral-band'),
    glyph: 'tie' as const,
  }
}
