import type { Played } from './expectation.ts'
import type { QuestionId } from './index.ts'

/** What the questions came to; written by `npm run study:questions`. */
export const played: Readonly<Record<QuestionId, Played>> = {
  exploringPays: {
    hash: 'c7b0bb58b847f537',
    seeds: 3,
    parts: [
      { value: { mean: 1.001, half: 0.04069 }, judgement: 'undecided' },
      { value: { mean: 1.006, half: 0.01987 }, judgement: 'confirmed' },
      { value: { mean: 0.9971, half: 0.01522 }, judgement: 'confirmed' },
    ],
  },
  minorAlone: {
    hash: '30afbf40b00b05a7',
    seeds: 3,
    parts: [
      { value: { mean: 1.004, half: 0.03136 }, judgement: 'confirmed' },
      { value: { mean: 1.394, half: 0.2692 }, judgement: 'undecided' },
    ],
  },
  minorRules: {
    hash: '4fd37d4072b54352',
    seeds: 3,
    parts: [
      { value: { mean: 1.009, half: 0.002088 }, judgement: 'confirmed' },
      {
        value: { mean: 203000000000000000000, half: 112100000000000000000 },
        judgement: 'confirmed',
      },
      { value: { mean: 1.005, half: 0.02143 }, judgement: 'undecided' },
      { value: { mean: 0.8227, half: 0.01135 }, judgement: 'confirmed' },
      { value: { mean: 0.8422, half: 0.2154 }, judgement: 'undecided' },
    ],
  },
  equalTraffic: {
    hash: 'ef1add830b944220',
    seeds: 3,
    parts: [
      { value: { mean: 1.145, half: 0.08339 }, judgement: 'confirmed' },
      { value: { mean: 1.124, half: 0.167 }, judgement: 'undecided' },
      { value: { mean: 1.162, half: 0.169 }, judgement: 'undecided' },
      { value: { mean: 1.217, half: 0.1227 }, judgement: 'undecided' },
      { value: { mean: 1.24, half: 0.06266 }, judgement: 'confirmed' },
      { value: { mean: 1.199, half: 0.08057 }, judgement: 'confirmed' },
    ],
  },
  duelLength: {
    hash: '8eaea09583632cf8',
    seeds: 3,
    parts: [
      { value: { mean: 1.143, half: 0.1015 }, judgement: 'undecided' },
      { value: { mean: 1.082, half: 0.04965 }, judgement: 'confirmed' },
      { value: { mean: 2710000, half: 1344000 }, judgement: 'confirmed' },
      { value: { mean: 1.063, half: 0.05415 }, judgement: 'confirmed' },
    ],
  },
  majorUndoes: {
    hash: '5bd4f41cbe308bb3',
    seeds: 3,
    parts: [
      { value: { mean: 1.033, half: 0.04736 }, judgement: 'undecided' },
      { value: { mean: 0.7289, half: 0.02365 }, judgement: 'confirmed' },
    ],
  },
  future: {
    hash: 'ed3f45131b1313dc',
    seeds: 3,
    parts: [
      { value: { mean: 1.004, half: 0.04838 }, judgement: 'undecided' },
      { value: { mean: 1.082, half: 0.0357 }, judgement: 'confirmed' },
    ],
  },
  activeness: {
    hash: '63563b4d3a8d96a1',
    seeds: 3,
    parts: [
      { value: { mean: 0.9962, half: 0.01155 }, judgement: 'confirmed' },
      { value: { mean: 0.9821, half: 0.02724 }, judgement: 'confirmed' },
      { value: { mean: 0.9879, half: 0.05323 }, judgement: 'confirmed' },
      { value: { mean: 0.9904, half: 0.09684 }, judgement: 'undecided' },
    ],
  },
  aboveStatic: {
    hash: 'be05334565421c62',
    seeds: 3,
    parts: [
      { value: { mean: 1.069, half: 0.04497 }, judgement: 'confirmed' },
      { value: { mean: 1.07, half: 0.1086 }, judgement: 'undecided' },
      { value: { mean: 1.099, half: 0.04807 }, judgement: 'confirmed' },
      { value: { mean: 1.082, half: 0.08422 }, judgement: 'undecided' },
    ],
  },
}
