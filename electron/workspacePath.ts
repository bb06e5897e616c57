import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface UserSystem {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user's home folder, absolute. */
  readonly home: string
}

/**
 * The file of the default workspace: `DUELIST_DB`, else one in the folder where the platform keeps a
 * user's data. The desktop app, the browser mode and the command line share it.
 */
export function workspacePath({ platform, env, home }: UserSystem): string {
  const chosen = env['DUELIST_DB']
  if (chosen) return resolve(chosen)
  return join(dataFolder({ platform, env, home }), 'duelist', 'workspace.duelist.db')
}

/** As `workspacePath` for this user; makes its folder, readable by the user alone. */
export async function defaultWorkspace(): Promise<string> {
  const { platform, env } = process
  const path = workspacePath({ platform, env, home: homedir() })
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return path
}

function dataFolder({ platform, env, home }: UserSystem): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
  return env['XDG_DATA_HOME'] ?? join(home, '.local', 'share')
}
