import { resolve } from 'node:path'
import { assertNever } from '#core/assertNever'
import type { ModelRow } from '#core/contract/models'
import { formatInteger, formatNumber } from '#core/format'
import { writeFileAtomically } from '../writeFileAtomically.ts'
import { ndjson } from './ndjson.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './textTable.ts'
import { uploadFile } from './uploadFile.ts'
import type { ModelsCommand } from './verbs/models.ts'

/**
 * Lists, saves, exports, imports, renames or deletes models of the workspace.
 * @returns the exit code
 */
export async function models(api: Api, asked: ModelsCommand, terminal: Terminal): Promise<number> {
  switch (asked.action) {
    case 'list': {
      const rows = await api.call('models.list', {})
      terminal.out(asked.json ? ndjson(rows) : describeModels(rows))
      return 0
    }
    case 'export': {
      const { bytes } = await api.call('models.export', { model: asked.model })
      await writeFileAtomically(resolve(asked.out), bytes!)
      terminal.err(`Wrote ${asked.out}\n`)
      return 0
    }
    case 'save': {
      const { run, side, name } = asked
      const model = await api.call('models.saveFromRun', { run, side, name })
      terminal.err(`Saved the network of run ${run} as model ${model}\n`)
      return 0
    }
    case 'import': {
      const upload = await uploadFile(api, asked.file, { aborted: false })
      const { model, isNew } = await api.call('models.import', { upload })
      terminal.err(
        isNew ? `Imported model ${model}\n` : `Model ${model} is the same and already here\n`,
      )
      return 0
    }
    case 'rename':
      await api.call('models.rename', { model: asked.model, name: asked.name })
      terminal.err(`Model ${asked.model} is called ${asked.name}\n`)
      return 0
    case 'delete':
      await api.call('models.delete', { model: asked.model })
      terminal.err(`Deleted model ${asked.model}\n`)
      return 0
    default:
      return assertNever(asked)
  }
}

function describeModels(rows: readonly ModelRow[]): string {
  if (rows.length === 0) {
    return 'There is no model yet. Train one with: npm run -s duelist -- train spec.json\n'
  }
  const lines = rows.map(({ id, kind, numbers, metrics, provenance, hash, name }) => [
    String(id),
    kind,
    formatInteger(numbers),
    Object.entries(metrics)
      .map(([metric, value]) => `${metric} ${formatNumber(value)}`)
      .join(', '),
    'study' in provenance ? `study ${provenance.study}` : `run ${provenance.run}`,
    String(provenance.seed),
    hash.slice(0, 12),
    name,
  ])
  const head = ['model', 'kind', 'numbers', 'metrics', 'from', 'seed', 'hash', 'name']
  return textTable([head, ...lines])
}
