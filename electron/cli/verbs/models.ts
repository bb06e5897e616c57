import { UsageError } from '../usageError.ts'
import { nameOf, numberOf, oneOf, runNumber } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'
import type { TypedWords } from './typedWords.ts'

export type ModelsCommand =
  | { readonly action: 'list'; readonly json: boolean }
  | { readonly action: 'export'; readonly model: number; readonly out: string }
  | { readonly action: 'delete'; readonly model: number }
  | { readonly action: 'rename'; readonly model: number; readonly name: string }
  | {
      readonly action: 'save'
      readonly run: number
      readonly side: number
      readonly name: string | null
    }
  | { readonly action: 'import'; readonly file: string }

export const models: Verb<Workspace & { readonly verb: 'models' } & ModelsCommand> = {
  argument: 'list, save, export, import, rename or delete',
  arguments: 2,
  needed: 1,
  options: { ...workspace, out: text, side: text, name: text, json: flag },
  usage:
    'models list | save <run> [--side N] [--name NAME] | export <number> --out FILE | import <file> | rename <number> --name NAME | delete <number> [--db FILE] [--json]',
  about:
    'saved models: what trainings have left, and networks of runs; export and import are safetensors files',
  parse: (typed) => ({ verb: 'models', db: typed.db, ...actionOf(typed) }),
}

const actions = ['list', 'save', 'export', 'import', 'rename', 'delete'] as const

function actionOf({ first, second, json, text: typed }: TypedWords): ModelsCommand {
  const action = oneOf('the action', first, actions)
  switch (action) {
    case 'list':
      if (second === '') return { action, json }
      throw new UsageError(`"${second}" is one argument too many; models list takes none`)
    case 'save':
      return {
        action,
        run: runNumber(second),
        side: sideOf(typed('side')),
        name: modelName(typed('name')),
      }
    case 'import':
      if (second !== '') return { action, file: second }
      throw new UsageError('models import needs a file that models export has written')
    case 'delete':
      return { action, model: modelNumber(second) }
    case 'rename': {
      const name = modelName(typed('name'))
      if (name !== null) return { action, model: modelNumber(second), name }
      throw new UsageError('models rename needs --name NAME')
    }
    case 'export': {
      const out = typed('out')
      if (out !== null) return { action, model: modelNumber(second), out }
      throw new UsageError('models export needs --out FILE')
    }
  }
}

const modelName = (value: string | null): string | null =>
  value === null ? null : nameOf('--name', value)

const modelNumber = (value: string): number => numberOf('model', value, 'models list')

function sideOf(value: string | null): number {
  if (value === null || /^[0-5]$/.test(value)) return Number(value ?? 0)
  throw new UsageError(`--side is "${value}"; write 0 for the first ranker, 1 for the second, …`)
}
