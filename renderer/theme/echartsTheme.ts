import { px, type Token } from './tokens.ts'

/** ECharts theme: thin axes, no ticks, no animation; colour only where it carries data. */
export function echartsTheme(token: Token) {
  const label = {
    color: token('ink-3'),
    fontSize: px(token, 'text-xs'),
    margin: 8,
    hideOverlap: true,
  }
  const axis = {
    axisLine: { show: true, lineStyle: { color: token('line-strong'), width: 1 } },
    axisTick: { show: false },
    minorTick: { show: false },
    axisLabel: label,
    splitLine: { show: false, lineStyle: { color: token('line'), width: 1 } },
    splitArea: { show: false },
    nameLocation: 'middle',
    nameGap: 24,
    nameTextStyle: { color: token('ink-3'), fontSize: px(token, 'text-xs') },
  }
  const measured = { ...axis, axisLine: { ...axis.axisLine, show: false } }
  return {
    color: [1, 2, 3, 4, 5, 6, 7, 8].map((slot) => token(`run-${slot}`)),
    backgroundColor: 'transparent',
    animation: false,
    textStyle: {
      fontFamily: token('font-sans'),
      fontSize: px(token, 'text-xs'),
      color: token('ink-2'),
    },
    grid: { left: 44, right: 96, top: 12, bottom: 32, outerBoundsMode: 'none' },
    categoryAxis: axis,
    valueAxis: measured,
    logAxis: measured,
    line: {
      symbol: 'none',
      smooth: false,
      lineStyle: { width: 1.75, join: 'round' },
      emphasis: { disabled: true },
    },
    bar: { barCategoryGap: '28%', itemStyle: { borderRadius: 0 } },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: token('ink-2'), width: 1, type: [2, 3] },
    },
    markArea: { silent: true, itemStyle: { color: token('rope') } },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  }
}
