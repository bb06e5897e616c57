import type { TrainNote } from './trainReport.ts'
import type { TrainingWorld } from './worldParams.ts'

export function trainNotes(world: TrainingWorld): readonly TrainNote[] {
  if (world.kind === 'itemToItem') return ['noUsersHeldBack']
  const notes: TrainNote[] = world.kind === 'ratings' ? ['unratedIsZero'] : []
  const middle = (world.minRating + world.maxRating) / 2
  if (world.kind === 'ratings' && world.neutral === 'asUnrated' && Number.isInteger(middle)) {
    notes.push('middleIsUnrated')
  }
  return notes
}
