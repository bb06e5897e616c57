import { GaussianActor } from './gaussianActor.ts'
import type { FcpoParams } from './params.ts'

/** The actor that the parameters describe, its weights still to be drawn or loaded. */
export const newActor = (params: FcpoParams, width: number): GaussianActor =>
  new GaussianActor({
    rowsOfW: params.listLength,
    width,
    hidden: params.hidden,
    history: params.history,
    userWeight: params.userWeight,
    initialLogStd: params.initialLogStd,
  })
