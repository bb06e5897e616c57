import { workspace, type Verb, type Workspace } from './verb.ts'

export const doctor: Verb<Workspace & { readonly verb: 'doctor' }> = {
  argument: null,
  options: workspace,
  usage: 'doctor [--db FILE]',
  about: 'versions, compute backend and why, Electron, database',
  parse: ({ db }) => ({ verb: 'doctor', db }),
}
