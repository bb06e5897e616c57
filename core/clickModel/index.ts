import { cascade } from './cascade.ts'
import type { ClickModel } from './clickModel.ts'
import { dependentClick } from './dependentClick.ts'
import { dynamicBayesian } from './dynamicBayesian.ts'
import { positionBased } from './positionBased.ts'
import { userBrowsing } from './userBrowsing.ts'

export const clickModels = {
  positionBased,
  cascade,
  dependentClick,
  dynamicBayesian,
  userBrowsing,
} satisfies Record<string, ClickModel<unknown>>

export type ClickModelId = keyof typeof clickModels
