import { describe, expect, it } from 'vitest'
import { cannotShow, portNumber } from '#electron/start'

describe('cannotShow', () => {
  const linux = (env: NodeJS.ProcessEnv, uid = 1000) =>
    cannotShow({ platform: 'linux', env, getuid: () => uid })

  it('needs a display on Linux, of either kind', () => {
    expect(linux({})).toBe('there is no display')
    expect(linux({ DISPLAY: '' })).toBe('there is no display')
    expect(linux({ DISPLAY: ':0' })).toBeUndefined()
    expect(linux({ WAYLAND_DISPLAY: 'wayland-0' })).toBeUndefined()
  })

  it('does not give up the sandbox to run as root', () => {
    expect(linux({ DISPLAY: ':0' }, 0)).toContain('root')
  })

  it('takes a display for granted elsewhere', () => {
    expect(cannotShow({ platform: 'darwin', env: {}, getuid: () => 501 })).toBeUndefined()
    expect(cannotShow({ platform: 'win32', env: {} })).toBeUndefined()
  })
})

describe('portNumber', () => {
  it.each(['1', '8080', '65535'])('takes %s', (text) => expect(portNumber(text)).toBe(Number(text)))

  it.each(['0', '65536', '-1', '80.5', '0x50', '8 0', '', 'http'])(
    'names %j as no port',
    (text) => {
      expect(() => portNumber(text)).toThrow(`--port ${text} is not a number from 1 to 65535`)
    },
  )
})
