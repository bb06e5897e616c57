import { formatInteger, formatNumber, missing } from '#core/format'
import type { LevelMap } from '#core/tree/levelMap'
import type { Translate } from '../../i18n.ts'
import type { Chart } from '../chart.ts'
import { colourShare, type ColourId } from './nodeRows.ts'
import { plainAreas, rampTokens } from './ramp.ts'

interface LevelHeat {
  readonly map: LevelMap
  readonly colour: ColourId
}

const valueAt = ({ map, colour }: LevelHeat, level: number, part: number): number | null => {
  const value = map.levels[level]![colour][part]!
  return Number.isNaN(value) ? null : value
}

function rangeOf(data: LevelHeat) {
  let [low, high] = [Infinity, -Infinity]
  data.map.levels.forEach((_, level) => {
    for (let part = 0; part < data.map.parts; part++) {
      const value = valueAt(data, level, part)
      if (value === null) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  })
  return low > high ? null : { low, high }
}

const levelName = (level: number, levels: number, t: Translate): string =>
  level === 0 ? t('trees.root') : level === levels - 1 ? t('trees.leaves') : String(level)

/** Levels from the root down over the order of the leaves. */
export const levelHeatmap: Chart<LevelHeat> = {
  draw(data, { token, t, cursor }) {
    const { map, colour } = data
    const range = rangeOf(data)
    const levels = map.levels.length
    const cells = map.levels.flatMap((_, level) =>
      Array.from({ length: map.parts }, (_unused, part) => {
        const value = valueAt(data, level, part)
        return {
          value: [
            part,
            levels - 1 - level,
            value === null || !range ? '-' : colourShare(value, range, colour),
          ],
          row: part,
          ...(part === cursor ? { itemStyle: { borderColor: token('focus') } } : {}),
        }
      }),
    )
    return {
      option: {
        aria: plainAreas,
        grid: { left: 56, right: 8, top: 6, bottom: 24 },
        xAxis: {
          type: 'category',
          data: Array.from({ length: map.parts }, (_, part) => part),
          axisLabel: { show: false },
          name: t('trees.leafOrder'),
          nameGap: 8,
        },
        yAxis: {
          type: 'category',
          data: map.levels.map((_, i) => levelName(levels - 1 - i, levels, t)),
          axisLabel: { interval: 0 },
        },
        series: [
          {
            type: 'heatmap',
            animation: false,
            emphasis: { disabled: true },
            itemStyle: { borderColor: token('surface'), borderWidth: map.parts > 40 ? 0 : 1 },
            data: cells,
          },
        ],
        visualMap: { show: false, min: 0, max: 1, inRange: { color: rampTokens(token) } },
      },
      plot: { left: 56, right: 8, xMin: -0.5, xMax: map.parts - 0.5 },
    }
  },
  table: (data, t) => ({
    columns: [
      t('trees.part'),
      ...data.map.levels.map((_, level) => levelName(level, data.map.levels.length, t)),
    ],
    rows: Array.from({ length: data.map.parts }, (_, part) => [
      formatInteger(part + 1),
      ...data.map.levels.map((_unused, level) => {
        const value = valueAt(data, level, part)
        return value === null ? missing : formatNumber(value, 2)
      }),
    ]),
    x: Array.from({ length: data.map.parts }, (_, part) => part),
  }),
}
