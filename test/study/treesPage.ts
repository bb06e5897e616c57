import type { ArmRun } from './trees.ts'

export const treesPage = (runs: readonly ArmRun[]): string => `${runs.length} runs\n`
