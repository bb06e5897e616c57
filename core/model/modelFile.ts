import { z } from 'zod'
import type { ModelProvenance } from '#core/contract/models'
import type { StudyKind } from '#core/study/index'
import { readSafetensors, safetensors } from './safetensors.ts'
import { modelHash, type SavedModel } from './savedModel.ts'

/** A model with what a list says of it. */
export interface ModelFile {
  readonly name: string
  readonly model: SavedModel
  readonly provenance: ModelProvenance
  readonly metrics: Readonly<Record<string, number | null>>
}

const origin = {
  seed: z.int().min(0),
  spec: z.unknown(),
  dataset: z.string().nullable(),
  engineVersion: z.string().nullable(),
  imported: z.string().optional(),
}

const Provenance = z.union([
  z.strictObject({
    ...origin,
    study: z.int().min(1),
    studyKind: z.custom<StudyKind>((kind) => typeof kind === 'string'),
  }),
  z.strictObject({
    ...origin,
    run: z.int().min(1),
    side: z.int().min(0),
    impressions: z.int().min(0),
  }),
])

/** A model as a safetensors file whose header also tells name, hash, provenance and figures. */
export const writeModelFile = ({ name, model, provenance, metrics }: ModelFile): Uint8Array =>
  safetensors(model, {
    name,
    hash: modelHash(model),
    provenance: JSON.stringify(provenance),
    metrics: JSON.stringify(metrics),
  })

/**
 * Reads what `writeModelFile` wrote and checks it: layout, names, shapes, and that the content has the
 * hash it was exported with.
 * @throws RangeError that says what is wrong and what to do
 */
export function readModelFile(bytes: Uint8Array): ModelFile {
  const { model, metadata } = readSafetensors(bytes)
  const { name, hash, provenance, metrics = '{}' } = metadata
  if (!hash || !provenance) {
    throw new RangeError(
      'the file names neither hash nor provenance: it was not exported by Duelist; export the model from the workspace that has it',
    )
  }
  if (modelHash(model) !== hash) {
    throw new RangeError('the model has been changed since it was exported; export it again')
  }
  const from = Provenance.safeParse(json(provenance))
  const figures = z.record(z.string().max(60), z.number().nullable()).safeParse(json(metrics))
  if (!from.success || !figures.success) {
    const which = from.success ? 'metrics' : 'provenance'
    throw new RangeError(
      `the ${which} in the file's header can not be read; export the model again`,
    )
  }
  const shownName = (name ?? '').trim().slice(0, 120) || model.kind
  return { name: shownName, model, provenance: from.data, metrics: figures.data }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
