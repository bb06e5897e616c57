import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspacePath } from '#electron/workspacePath'

const home = '/home/ann'

describe('workspacePath', () => {
  it.each([
    ['linux', {}, '/home/ann/.local/share/duelist/workspace.duelist.db'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/duelist/workspace.duelist.db'],
    ['darwin', {}, '/home/ann/Library/Application Support/duelist/workspace.duelist.db'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/duelist/workspace.duelist.db'],
    ['win32', {}, '/home/ann/AppData/Local/duelist/workspace.duelist.db'],
  ] as const)('is on %s with %j at %s', (platform, env, path) => {
    expect(workspacePath({ platform, env, home })).toBe(path)
  })

  it('is what DUELIST_DB names, made absolute', () => {
    const system = { platform: 'linux', home } as const
    expect(workspacePath({ ...system, env: { DUELIST_DB: '/tmp/a.db' } })).toBe('/tmp/a.db')
    expect(workspacePath({ ...system, env: { DUELIST_DB: 'a.db' } })).toBe(resolve('a.db'))
    expect(workspacePath({ ...system, env: { DUELIST_DB: '' } })).toContain('/home/ann/')
  })
})
