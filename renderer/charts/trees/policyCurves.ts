import { formatInteger, formatNumber } from '#core/format'
import type { TreeCurve } from '#core/largeAction/tpgr/treeAnswers'
import type { Chart } from '../chart.ts'
import { line, sideLabels } from '../parts.ts'

/** Answers per step of held-out users while policies learnt. */
interface PolicyCurves {
  readonly lines: readonly {
    readonly name: string
    readonly colour: string // token
    readonly points: TreeCurve['points']
  }[]
  /** Of the first policy's world. */
  readonly baselines: TreeCurve['baselines']
}

const dashes: Readonly<Record<string, number[]>> = {
  random: [1, 3],
  popularity: [3, 3],
  staticBest: [6, 3],
  greedySvd32: [6, 2, 1, 2],
  oracle: [12, 3, 2, 3],
  greedyAcceptance: [6, 2, 1, 2],
}

export const policyCurves: Chart<PolicyCurves> = {
  draw({ lines, baselines }, { token, t, width, height, cursor }) {
    const box = { left: 44, right: 140, top: 10, bottom: 28 }
    const known = baselines.filter(({ id }) => dashes[id])
    const values = [
      ...lines.flatMap(({ points }) =>
        points.flatMap(({ argmax, sampled }) => [argmax.raw, sampled?.raw ?? argmax.raw]),
      ),
      ...known.map(({ figures }) => figures.raw),
    ]
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const pad = 0.05 * (high - low || 1)
    const [min, max] = [low - pad, high + pad]
    const last = Math.max(1, ...lines.map(({ points }) => points.at(-1)?.update ?? 0))
    const y = (value: number) =>
      box.top + (height - box.top - box.bottom) * (1 - (value - min) / (max - min))
    const updates = updatesOf(lines)
    return {
      option: {
        grid: box,
        xAxis: { type: 'value', min: 0, max: last, axisLabel: { formatter: formatInteger } },
        yAxis: {
          type: 'value',
          min,
          max,
          axisLabel: {
            showMinLabel: false,
            showMaxLabel: false,
            formatter: (value: number) => formatNumber(value, 2),
          },
        },
        series: [
          ...lines.flatMap(({ points, colour }, i) => [
            {
              type: 'line',
              silent: true,
              lineStyle: { color: token(colour), width: 1.75 },
              data: line(
                points.map(({ update }) => update),
                points.map(({ argmax }) => argmax.raw),
              ),
              markLine: {
                data:
                  i === 0 && cursor !== null && updates[cursor] !== undefined
                    ? [{ xAxis: updates[cursor] }]
                    : [],
              },
            },
            {
              type: 'line',
              silent: true,
              lineStyle: { color: token(colour), width: 1.25, type: [4, 3] },
              data: line(
                points.map(({ update }) => update),
                points.map(({ sampled }) => sampled?.raw ?? Number.NaN),
              ),
            },
          ]),
          ...known.map(({ id, figures }) => ({
            type: 'line',
            silent: true,
            lineStyle: { color: token('ref-oracle'), width: 1, type: dashes[id]! },
            data: [
              [0, figures.raw],
              [last, figures.raw],
            ],
          })),
        ],
        graphic: sideLabels(
          token,
          [
            ...lines.map(({ name, colour, points }) => ({
              y: y(points.at(-1)?.argmax.raw ?? min),
              text: name.length > 18 ? `${name.slice(0, 17)}…` : name,
              fill: token(colour),
              stroke: token(colour),
              weight: 600,
            })),
            ...known.map(({ id, figures }) => ({
              y: y(figures.raw),
              text: t(`trees.baselines.${id}`),
              fill: token('ink-3'),
              stroke: token('line-strong'),
            })),
          ],
          width - box.right,
          { top: box.top + 6, bottom: height - box.bottom - 6 },
        ),
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: last },
    }
  },
  table({ lines, baselines }, t) {
    const updates = updatesOf(lines)
    const figure = (update: number, points: TreeCurve['points'], which: 'argmax' | 'sampled') =>
      formatNumber(points.find((point) => point.update === update)?.[which]?.raw ?? null)
    return {
      columns: [
        t('trees.update'),
        ...lines.flatMap(({ name }) => [
          `${name} · ${t('trees.argmax')}`,
          `${name} · ${t('trees.sampled')}`,
        ]),
        ...baselines.map(({ id }) => t(`trees.baselines.${id}`)),
      ],
      rows: updates.map((update) => [
        formatInteger(update),
        ...lines.flatMap(({ points }) => [
          figure(update, points, 'argmax'),
          figure(update, points, 'sampled'),
        ]),
        ...baselines.map(({ figures }) => formatNumber(figures.raw)),
      ]),
      x: updates,
    }
  },
}

const updatesOf = (lines: PolicyCurves['lines']): readonly number[] =>
  [...new Set(lines.flatMap(({ points }) => points.map(({ update }) => update)))].sort(
    (a, b) => a - b,
  )
