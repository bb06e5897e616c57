import { arch, cpus, platform } from 'node:os'

/** What times were measured on: processor, system and runtime. */
export function machineWords(): string {
  const all = cpus()
  const model = all[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown processor'
  return `${model}, ${all.length} cores, ${platform()} ${arch()}, Node ${process.version}`
}
