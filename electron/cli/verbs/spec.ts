import { UsageError } from '../usageError.ts'
import { flag, type Verb } from './verb.ts'

export const spec: Verb<{ readonly verb: 'spec' }> = {
  argument: null,
  options: { schema: flag },
  usage: 'spec --schema',
  about: 'the JSON Schema of a spec file',
  parse({ flag: typed }) {
    if (typed('schema') !== true) throw new UsageError('spec needs --schema')
    return { verb: 'spec' }
  },
}
