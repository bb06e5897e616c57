import type { Translate } from '../i18n.ts'
import { shortCount } from './learning.ts'
import { roundStep } from './parts.ts'

/** The x axis of what changes over impressions. @param plotWidth px */
export const impressionAxis = (total: number, plotWidth: number, t: Translate) => ({
  type: 'value',
  min: 0,
  max: total,
  interval: roundStep(total, Math.max(2, Math.floor(plotWidth / 75))),
  name: t('chart.impressions'),
  nameLocation: 'middle',
  nameGap: 22,
  axisLabel: { formatter: shortCount, hideOverlap: true },
})
