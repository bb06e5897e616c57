import { formatInteger, formatNumber } from '#core/format'
import { verdictStyle } from '../theme/outcomeStyle.ts'
import type { Chart, ChartContext } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { deltaLimit, updateMarks, usersAt, type DeltaCurve, type UpdateMark } from './deltaCurve.ts'
import { band, line, noPatterns, pushApart, roundStep, text } from './parts.ts'
import { rowsToDraw } from './thin.ts'

const TRIANGLE = 'path://M5 0 10 9H0Z'
const LANE = 22 // height of the updates' lane, px
const LANE_BOTTOM = 30

/** Of one digit, so that the label of a line is where the line is. */
const isRound = (step: number): boolean => Math.abs(Number(step.toPrecision(1)) - step) < 1e-9

/** `compact` drops the lane of updates and the words at the axis' ends. */
export function confidenceSequence(compact: boolean): Chart<DeltaCurve> {
  return {
    draw: (data, context) => draw(data, context, compact),
    table: (data, t) => ({
      ...columnTable([
        { label: t('chart.users'), values: data.users, format: formatInteger },
        { label: 'Δ', values: data.delta, format: formatNumber },
        { label: t('chart.low'), values: data.low, format: formatNumber },
        { label: t('chart.high'), values: data.high, format: formatNumber },
        { label: t('chart.duels'), values: data.duels, format: formatInteger },
        { label: t('chart.impressions'), values: data.impressions, format: formatInteger },
      ]),
      moments: data.impressions,
    }),
  }
}

function draw(data: DeltaCurve, context: ChartContext, compact: boolean) {
  const { token, width, height, t, cursor } = context
  const limit = deltaLimit(data)
  const limits = { min: -limit, max: limit }
  const last = data.users.length - 1
  const now = data.users[last]
  const xMax = Math.max(data.plannedUsers, now ?? 0)
  const box = {
    left: compact ? 44 : 56,
    right: compact ? 56 : 108,
    top: 12,
    bottom: compact ? 26 : LANE_BOTTOM + LANE + 8,
  }
  const plotHeight = height - box.top - box.bottom
  const plotWidth = width - box.left - box.right
  const yPixel = (value: number) =>
    box.top + ((limit - Math.max(-limit, Math.min(limit, value))) / (2 * limit)) * plotHeight
  const xPixel = (value: number) => box.left + (value / xMax) * plotWidth

  // the hue enters at the look where 0 left the interval, and only with a verdict that has a direction
  const style = verdictStyle(token, data.verdict)
  const withheld = data.verdict === 'invalid'
  const decidedAt = withheld ? null : data.decidedAt
  const from = decidedAt ?? Number.POSITIVE_INFINITY
  const split = data.users.findIndex((users) => users >= from)
  const neutral = split < 0 ? data.users.length : split + 1
  const step = roundStep(xMax, Math.max(2, Math.floor(plotWidth / 110)))

  const segment = (start: number, end: number, decided: boolean) => {
    const rows = drawnRows(data.delta, start, end, 2 * Math.max(100, Math.round(plotWidth)))
    const part = (values: Float64Array) => rows.map((row) => values[row]!)
    const users = part(data.users)
    const low = part(data.low)
    const high = part(data.high)
    const edge = {
      type: 'line',
      silent: true,
      z: 2,
      lineStyle: {
        width: compact ? 0 : 1,
        color: decided ? style.line : token('ink-3'),
        opacity: 0.7,
        type: withheld ? [4, 3] : 'solid',
      },
    }
    return [
      band(users, low, high, decided ? style.band : token('neutral-band'), limits),
      { ...edge, data: line(users, low, limits) },
      { ...edge, data: line(users, high, limits) },
      {
        type: 'line',
        z: 4,
        data: line(users, part(data.delta), limits),
        lineStyle: {
          color: decided ? style.line : token('ink'),
          width: 2,
          type: withheld ? [4, 3] : 'solid',
        },
      },
    ]
  }

  const scrubbed = usersAt(data)
  const cursorRow = cursor !== null && cursor <= last ? cursor : null
  const guide = {
    type: 'line',
    silent: true,
    z: 3,
    data: [],
    markLine: {
      data: [
        { yAxis: 0, lineStyle: { color: token('ink-2'), type: 'solid' } },
        ...(now === undefined || compact
          ? []
          : [{ xAxis: now, lineStyle: { color: token('ink') } }]),
        ...(compact && decidedAt !== null
          ? [{ xAxis: decidedAt, lineStyle: { color: token('ink-3') } }]
          : []),
        ...(scrubbed === null ? [] : [{ xAxis: scrubbed, lineStyle: { color: token('ink') } }]),
        ...(cursorRow === null
          ? []
          : [{ xAxis: data.users[cursorRow]!, lineStyle: { color: token('ink'), type: 'solid' } }]),
      ],
    },
    ...(data.equivalence > 0
      ? { markArea: { data: [[{ yAxis: -data.equivalence }, { yAxis: data.equivalence }]] } }
      : {}),
  }
  const dotAt = cursorRow ?? last
  const dot = {
    type: 'scatter',
    silent: true,
    z: 6,
    data:
      dotAt < 0
        ? []
        : [[data.users[dotAt]!, Math.max(-limit, Math.min(limit, data.delta[dotAt]!))]],
    symbolSize: compact ? 8 : 10,
    itemStyle: {
      opacity: 1,
      color: split >= 0 && dotAt >= split ? style.line : token('ink'),
      borderColor: token('surface'),
      borderWidth: 2,
      ...(withheld && { color: token('surface'), borderColor: token('ink') }),
    },
  }

  const marks = compact ? [] : updateMarks(data, Math.floor(plotWidth / 11))
  const lane = (kind: UpdateMark, symbol: string, size: number | number[], itemStyle: object) => ({
    type: 'scatter',
    cursor: 'pointer',
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: marks
      .filter(({ mark }) => mark === kind)
      .map(({ users, impression }) => ({ value: [users, 0.5], impression })),
    symbol,
    symbolSize: size,
    itemStyle: { opacity: 1, ...itemStyle },
  })

  const label = width - box.right + 10
  /** A long name stands alone: which end of the axis it is at says the rest. */
  const towards = (name: string) => (name.length > 3 ? name : t('verdict.towards', { name }))
  const decimals = limit >= 0.1 ? 2 : 3
  const [high, middle, low] = pushApart(
    last < 0 ? [] : [data.high[last]!, data.delta[last]!, data.low[last]!].map(yPixel),
    14,
    { top: box.top + (compact ? 6 : 18), bottom: height - box.bottom - (compact ? 6 : 18) },
  )
  const words = [
    ...(last < 0
      ? [
          text(token, {
            x: box.left + plotWidth / 2,
            y: box.top + plotHeight / 2 - 14,
            text: t('chart.noUserYet'),
            fill: token('ink-3'),
            align: 'center',
            size: 12,
          }),
        ]
      : [
          text(token, {
            x: label,
            y: high!,
            text: formatNumber(data.high[last]!),
            fill: token('ink-2'),
          }),
          text(token, {
            x: label,
            y: middle!,
            text: compact
              ? formatNumber(data.delta[last]!)
              : `Δ ${formatNumber(data.delta[last]!)}`,
            fill: token('ink'),
            weight: 600,
            size: compact ? 11 : 13,
          }),
          text(token, {
            x: label,
            y: low!,
            text: formatNumber(data.low[last]!),
            fill: token('ink-2'),
          }),
        ]),
    ...(compact
      ? [
          text(token, {
            x: width - 4,
            y: height - box.bottom + 14,
            text: t('chart.users'),
            fill: token('ink-3'),
            align: 'right',
          }),
          ...(decidedAt === null || last < 0
            ? []
            : [decidedLabel(decidedAt, xPixel(decidedAt), box, plotWidth, context)]),
        ]
      : heroWords()),
  ]

  function heroWords() {
    const side = now === undefined || xPixel(now) > box.left + 190 ? 'right' : 'left'
    const nearNow = (y: number, words: string, fill: string, weight = 400) =>
      text(token, {
        x: xPixel(now!) + (side === 'right' ? -8 : 8),
        y,
        text: words,
        fill,
        weight,
        align: side,
      })
    return [
      text(token, {
        x: label,
        y: box.top + 2,
        text: `● ${towards(data.names?.[0] ?? 'Q')}`,
        width: width - label,
        fill: token(withheld ? 'ink-3' : 'a-text'),
        weight: 500,
      }),
      text(token, {
        x: label,
        y: height - box.bottom - 2,
        text: `▲ ${towards(data.names?.[1] ?? 'Q̃')}`,
        width: width - label,
        fill: token(withheld ? 'ink-3' : 'b-text'),
        weight: 500,
      }),
      text(token, {
        x: box.left - 8,
        y: height - LANE_BOTTOM - LANE / 2,
        text: t('chart.updates'),
        fill: token('ink-3'),
        align: 'right',
      }),
      text(token, {
        x: label,
        y: height - LANE_BOTTOM - LANE / 2 - 6,
        text: `▲ ${t('chart.minor')}  △ ${t('chart.refused')}`,
        fill: token('ink-3'),
        size: 10,
      }),
      text(token, {
        x: label,
        y: height - LANE_BOTTOM - LANE / 2 + 7,
        text: `■ ${t('chart.major')}`,
        fill: token('ink-3'),
        size: 10,
      }),
      text(token, {
        x: label + 12,
        y: height - LANE_BOTTOM + 14,
        text: t('chart.users'),
        fill: token('ink-3'),
      }),
      text(token, { x: 2, y: yPixel(0), text: 'Δ', fill: token('ink-2'), weight: 600, size: 13 }),
      ...(now === undefined
        ? []
        : [
            nearNow(
              box.top + 8,
              data.duels[last]! > 0
                ? t('chart.usersAndDuels', {
                    users: formatInteger(now),
                    duels: formatInteger(data.duels[last]!),
                  })
                : `${formatInteger(now)} ${t('chart.users')}`,
              token('ink'),
              500,
            ),
            ...(data.equivalence > 0
              ? [
                  nearNow(
                    // on the side of the region where the curve is not
                    data.delta[last]! < 0
                      ? yPixel(data.equivalence) - 9
                      : yPixel(-data.equivalence) + 10,
                    t('chart.equivalence', { r: formatNumber(data.equivalence) }),
                    token('ink-3'),
                  ),
                ]
              : []),
          ]),
    ]
  }

  const ink = { color: token('ink') }
  return {
    option: {
      aria: noPatterns,
      grid: compact
        ? [box]
        : [box, { left: box.left, right: box.right, bottom: LANE_BOTTOM, height: LANE }],
      xAxis: compact
        ? [
            {
              type: 'value',
              min: 0,
              max: xMax,
              interval: step,
              axisLabel: { formatter: ends(xMax) },
            },
          ]
        : [
            {
              type: 'value',
              min: 0,
              max: xMax,
              interval: step,
              axisLabel: { show: false },
              axisLine: { show: true, onZero: false },
            },
            {
              type: 'value',
              gridIndex: 1,
              min: 0,
              max: xMax,
              interval: step,
              axisLabel: { formatter: ends(xMax) },
            },
          ],
      yAxis: [
        {
          type: 'value',
          min: -limit,
          max: limit,
          interval: limit / (compact || !isRound(limit / 3) ? 2 : 3),
          splitLine: { show: !compact },
          axisLabel: { formatter: (value: number) => formatNumber(value, decimals) },
        },
        ...(compact
          ? []
          : [{ type: 'value', gridIndex: 1, min: 0, max: 1, axisLabel: { show: false } }]),
      ],
      series: [
        guide,
        ...segment(0, neutral, false),
        ...(split < 0 ? [] : segment(split, data.users.length, true)),
        dot,
        ...(compact
          ? []
          : [
              lane('refused', TRIANGLE, [8, 7], {
                color: token('surface'),
                borderColor: token('ink-3'),
                borderWidth: 1,
              }),
              lane('applied', TRIANGLE, [8, 7], { color: token('ink-2') }),
              lane('major', 'rect', 8, ink),
              lane('guard', 'diamond', 10, { color: token('warn') }),
            ]),
      ],
      graphic: words,
    },
    plot: { left: box.left, right: box.right, xMin: 0, xMax },
  }
}

const thinned = new WeakMap<Float64Array, Map<string, readonly number[]>>()

/** Rows of a part that are drawn, two a pixel; kept, for the cursor moves over the same ones. */
function drawnRows(
  values: Float64Array,
  start: number,
  end: number,
  limit: number,
): readonly number[] {
  const known = thinned.get(values) ?? new Map<string, readonly number[]>()
  thinned.set(values, known)
  const key = `${start} ${end} ${limit}`
  const rows =
    known.get(key) ?? rowsToDraw(values.subarray(start, end), limit).map((row) => start + row)
  known.set(key, rows)
  return rows
}

/** Labels of round values only; the planned number of users itself may be any number. */
const ends = (xMax: number) => (value: number) =>
  Number.isInteger(value) && (value < xMax || value % 100 === 0) ? formatInteger(value) : ''

function decidedLabel(
  users: number,
  x: number,
  box: { readonly top: number; readonly left: number },
  plotWidth: number,
  { token, t }: ChartContext,
) {
  const right = x > box.left + plotWidth / 2
  return text(token, {
    x: x + (right ? -6 : 6),
    y: box.top + 8,
    text: t('chart.decidedAt', { users: formatInteger(users) }),
    fill: token('ink-2'),
    align: right ? 'right' : 'left',
  })
}
