import { z } from 'zod'

const RatingParams = z.strictObject({
  kind: z.literal('rating'),
  width: z
    .int()
    .min(1)
    .max(512)
    .default(64)
    .describe('principal dimensions of the item’s column of training ratings'),
})

const FactorisedParams = z.strictObject({
  kind: z.literal('factorised'),
  width: z.int().min(1).max(256).default(8).describe('length of the vectors'),
  learningRate: z.number().positive().max(1).default(1e-2).describe('step of gradient descent'),
  l2: z.number().min(0).max(10).default(1e-2).describe('weight decay'),
  epochs: z.int().min(1).max(1000).default(100).describe('most passes over the ratings'),
  patience: z
    .int()
    .min(1)
    .max(1000)
    .default(30)
    .describe('stop after so many passes without a better held-out error (authors’ code)'),
})

const VaeParams = z.strictObject({
  kind: z.literal('vae'),
  width: z.int().min(1).max(256).default(8).describe('latent dimensions'),
  hidden: z.int().min(1).max(2048).default(128).describe('hidden units of encoder and decoder'),
  klWeight: z
    .number()
    .min(0)
    .max(10)
    .default(5e-4)
    .describe('weight of the divergence from the prior'),
  learningRate: z.number().positive().max(1).default(2e-3).describe('step size of Adam'),
  epochs: z.int().min(1).max(1000).default(30).describe('passes over the items'),
  batch: z.int().min(1).max(4096).default(64).describe('items of one step'),
})

const ContentParams = z.strictObject({ kind: z.literal('content') })

/** How items become vectors (TP2). */
export const RepresentationParams = z.discriminatedUnion('kind', [
  RatingParams,
  FactorisedParams,
  VaeParams,
  ContentParams,
])
export type RepresentationParams = z.output<typeof RepresentationParams>
export type RatingParams = z.output<typeof RatingParams>
export type FactorisedParams = z.output<typeof FactorisedParams>
export type VaeParams = z.output<typeof VaeParams>
