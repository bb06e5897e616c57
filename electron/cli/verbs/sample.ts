import { UsageError } from '../usageError.ts'
import { flag, type Verb } from './verb.ts'

export const sample: Verb<{ readonly verb: 'sample' }> = {
  argument: null,
  options: { list: flag },
  usage: 'sample --list',
  about: 'the experiments that come with the program',
  parse({ flag: typed }) {
    if (typed('list') !== true) throw new UsageError('sample needs --list')
    return { verb: 'sample' }
  },
}
