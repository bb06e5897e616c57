import type { Played } from './expectation.ts'
import type { QuestionId } from './index.ts'

/** What the questions came to; written by `npm run study:questions`. */
export const played: Readonly<Record<QuestionId, Played>> = {
  exploringPays: {
    hash: '55e91241691cd1ff',
    seeds: 5,
    parts: [
      { value: { mean: 1.003, half: 0.01928 }, judgement: 'confirmed' },
      { value: { mean: 1.002, half: 0.01132 }, judgement: 'confirmed' },
      { value: { mean: 0.9943, half: 0.009119 }, judgement: 'confirmed' },
    ],
  },
  minorAlone: {
    hash: '482da56f6a677d4b',
    seeds: 5,
    parts: [
      { value: { mean: 1.003, half: 0.01204 }, judgement: 'confirmed' },
      { value: { mean: 1.322, half: 0.165 }, judgement: 'confirmed' },
    ],
  },
  minorRules: {
    hash: '224f3dec8751b3b4',
    seeds: 5,
    parts: [
      { value: { mean: 1.01, half: 0.0009466 }, judgement: 'confirmed' },
      {
        value: { mean: 240600000000000000000, half: 79390000000000000000 },
        judgement: 'confirmed',
      },
      { value: { mean: 1.003, half: 0.01499 }, judgement: 'confirmed' },
      { value: { mean: 0.8212, half: 0.026 }, judgement: 'confirmed' },
      { value: { mean: 0.8351, half: 0.1177 }, judgement: 'confirmed' },
    ],
  },
  equalTraffic: {
    hash: 'b060f18050a3a3b5',
    seeds: 5,
    parts: [
      { value: { mean: 1.103, half: 0.09242 }, judgement: 'confirmed' },
      { value: { mean: 1.094, half: 0.1032 }, judgement: 'undecided' },
      { value: { mean: 1.12, half: 0.1123 }, judgement: 'confirmed' },
      { value: { mean: 1.196, half: 0.05718 }, judgement: 'confirmed' },
      { value: { mean: 1.207, half: 0.06119 }, judgement: 'confirmed' },
      { value: { mean: 1.179, half: 0.04491 }, judgement: 'confirmed' },
    ],
  },
  duelLength: {
    hash: 'b9429e5810d94d77',
    seeds: 5,
    parts: [
      { value: { mean: 1.185, half: 0.08157 }, judgement: 'confirmed' },
      { value: { mean: 1.078, half: 0.02793 }, judgement: 'confirmed' },
      { value: { mean: 3572000, half: 1746000 }, judgement: 'confirmed' },
      { value: { mean: 1.07, half: 0.02419 }, judgement: 'confirmed' },
    ],
  },
  majorUndoes: {
    hash: '262b0afa2ea54041',
    seeds: 5,
    parts: [
      { value: { mean: 1.034, half: 0.02966 }, judgement: 'confirmed' },
      { value: { mean: 0.7359, half: 0.02137 }, judgement: 'confirmed' },
    ],
  },
  future: {
    hash: '16730bec70d7803d',
    seeds: 5,
    parts: [
      { value: { mean: 0.9981, half: 0.02044 }, judgement: 'confirmed' },
      { value: { mean: 1.07, half: 0.02609 }, judgement: 'confirmed' },
    ],
  },
  activeness: {
    hash: '063e6ff89881aae7',
    seeds: 5,
    parts: [
      { value: { mean: 1.003, half: 0.01214 }, judgement: 'confirmed' },
      { value: { mean: 0.9951, half: 0.02429 }, judgement: 'confirmed' },
      { value: { mean: 0.9893, half: 0.02379 }, judgement: 'confirmed' },
      { value: { mean: 0.9887, half: 0.0394 }, judgement: 'confirmed' },
    ],
  },
  bait: {
    hash: '028e1dce38ef11bd',
    seeds: 5,
    parts: [
      { value: { mean: 0.6978, half: 0.03951 }, judgement: 'confirmed' },
      { value: { mean: 1.304, half: 0.1097 }, judgement: 'confirmed' },
    ],
  },
  aboveStatic: {
    hash: 'e893bc57039f1c0b',
    seeds: 5,
    parts: [
      { value: { mean: 1.079, half: 0.02462 }, judgement: 'confirmed' },
      { value: { mean: 1.075, half: 0.04079 }, judgement: 'confirmed' },
      { value: { mean: 1.098, half: 0.01855 }, judgement: 'confirmed' },
      { value: { mean: 1.07, half: 0.03542 }, judgement: 'confirmed' },
    ],
  },
}
