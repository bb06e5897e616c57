import type { Appeal } from './clickModel.ts'

/** Click and stop probabilities by relevance grade, lowest grade first. */
export interface GradeTable {
  /** P(click | looked at). */
  readonly click: readonly number[]
  /** P(stop | the stop coin is tossed). */
  readonly stop: readonly number[]
}

/** Number of grades, 0 included. */
type GradeScale = 2 | 3 | 5

export interface GradePreset {
  readonly source: string
  readonly tables: Partial<Readonly<Record<GradeScale, GradeTable>>>
}

const source = 'HarrieO/OnlineLearningToRank, utils/clicks.py'

/** Named users for the cascade and position-based models. */
export const gradePresets = {
  perfect: {
    source,
    tables: {
      2: { click: [0, 1], stop: [0, 0] },
      3: { click: [0, 0.5, 1], stop: [0, 0, 0] },
      5: { click: [0, 0.2, 0.4, 0.8, 1], stop: [0, 0, 0, 0, 0] },
    },
  },
  navigational: {
    source,
    tables: {
      2: { click: [0.05, 0.95], stop: [0.2, 0.9] },
      3: { click: [0.05, 0.5, 0.95], stop: [0.2, 0.5, 0.9] },
      5: { click: [0.05, 0.3, 0.5, 0.7, 0.95], stop: [0.2, 0.3, 0.5, 0.7, 0.9] },
    },
  },
  informational: {
    source,
    tables: {
      2: { click: [0.4, 0.9], stop: [0.1, 0.5] },
      3: { click: [0.4, 0.7, 0.9], stop: [0.1, 0.3, 0.5] },
      5: { click: [0.4, 0.6, 0.7, 0.8, 0.9], stop: [0.1, 0.2, 0.3, 0.4, 0.5] },
    },
  },
  almostRandom: {
    source,
    tables: {
      2: { click: [0.4, 0.6], stop: [0.5, 0.5] },
      3: { click: [0.4, 0.5, 0.6], stop: [0.5, 0.5, 0.5] },
      5: { click: [0.4, 0.45, 0.5, 0.55, 0.6], stop: [0.5, 0.5, 0.5, 0.5, 0.5] },
    },
  },
  random: {
    source,
    tables: {
      2: { click: [0.5, 0.5], stop: [0, 0] },
      3: { click: [0.5, 0.5, 0.5], stop: [0, 0, 0] },
      5: { click: [0.5, 0.5, 0.5, 0.5, 0.5], stop: [0, 0, 0, 0, 0] },
    },
  },
  /** Attraction for the position-based model; nobody stops. */
  ultra: {
    source: 'ULTR-Community/ULTRA, position-based click simulation',
    tables: { 5: { click: [0.1, 0.16, 0.28, 0.52, 1], stop: [0, 0, 0, 0, 0] } },
  },
  sease: {
    source: 'SeaseLtd, interleaving simulations: reads on after a click with 1, .8, .6, .4, .2',
    tables: { 5: { click: [0.05, 0.1, 0.2, 0.4, 0.8], stop: [0, 0.2, 0.4, 0.6, 0.8] } },
  },
} satisfies Record<string, GradePreset>

export type GradePresetId = keyof typeof gradePresets

/** @throws RangeError when the preset has no table for that many grades */
export function gradeTable(id: GradePresetId, scale: number): GradeTable {
  const preset: GradePreset = gradePresets[id]
  const found = Object.entries(preset.tables).find(([grades]) => Number(grades) === scale)
  if (!found) throw new RangeError(`the click preset ${id} has no table for ${scale} grades`)
  return found[1]
}

/**
 * The appeal of a list of graded items.
 *
 * @param grades integers from 0, one per slot
 * @throws RangeError for a grade outside the table
 */
export function appealOf(table: GradeTable, grades: readonly number[]): Appeal {
  const at = (values: readonly number[]) => (grade: number) => {
    const value = values[grade]
    if (value === undefined)
      throw new RangeError(`grade ${grade} is outside 0 … ${values.length - 1}`)
    return value
  }
  return { attraction: grades.map(at(table.click)), satisfaction: grades.map(at(table.stop)) }
}
