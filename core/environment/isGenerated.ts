import type { EnvironmentSpec } from './params.ts'

/** Whether a world is made of nothing but its settings, so that they can be tried out. */
export const isGenerated = ({ kind }: EnvironmentSpec): boolean =>
  kind === 'typedLatent' || kind === 'lowRank' || kind === 'news' || kind === 'sessions'
