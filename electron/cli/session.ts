import { resolve } from 'node:path'
import { contract } from '#core/contract'
import { connect, type Client } from '#core/rpc/connect'
import { createHost } from '../host.ts'
import { wirePair } from '../wire/pair.ts'
import { forkWorker } from '../worker/fork.ts'
import { defaultWorkspace } from '../workspacePath.ts'

export type Api = Client<typeof contract>

/** A workspace that is forgotten, for questions that need none. */
export const IN_MEMORY = ':memory:'

/** The file that `--db` names, else the workspace that the app opens. */
export async function workspaceOf(db: string | null): Promise<string> {
  if (db === IN_MEMORY) return db
  return db === null ? defaultWorkspace() : resolve(db)
}

/**
 * Opens a workspace, speaks to it as a page would, and closes it again: what still runs is paused.
 * @throws WorkspaceError when it can not be opened, for example because the app has it open
 */
export async function withWorkspace<T>(
  db: string | null,
  use: (api: Api) => Promise<T>,
): Promise<T> {
  const workspace = await workspaceOf(db)
  // it does what it was asked and ends: nothing else could come that a spare process would serve
  const host = await createHost({ workspace, fork: forkWorker, now: Date.now, cores: 0 })
  const pair = wirePair()
  host.serve(pair.left, { kind: 'cli' })
  try {
    return await use(connect(contract, pair.right))
  } finally {
    pair.close()
    await host.close()
  }
}
