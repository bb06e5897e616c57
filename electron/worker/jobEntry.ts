import { fileURLToPath } from 'node:url'

/** The file that a job process runs: the source beside this one, or what the build made of it. */
export function jobEntry(): string {
  const name = import.meta.url.endsWith('.ts') ? './job.ts' : './job.js'
  return fileURLToPath(new URL(name, import.meta.url))
}
