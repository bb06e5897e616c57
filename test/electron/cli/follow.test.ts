import { afterEach, expect, it, vi } from 'vitest'
import type { RunState } from '#core/contract/runs'
import { follow } from '#electron/cli/follow'
import { rememberingTerminal } from './rememberingTerminal.ts'

afterEach(() => void vi.restoreAllMocks())

it('ends a job that hears of no pause at the second interrupt, but not at an echo of the first', async () => {
  const now = vi.spyOn(performance, 'now')
  const asked: string[] = []
  const { promise: state, resolve: settle } = Promise.withResolvers<'interrupted'>()
  const frames = async function* (): AsyncGenerator<{ readonly state: RunState }[]> {
    yield [{ state: 'running' }]
    yield [{ state: await state }]
  }
  const terminal = rememberingTerminal()
  const press = (at: number) => {
    now.mockReturnValue(at)
    interrupt()
  }
  let interrupt = () => {}
  const followed = follow(
    frames(),
    {
      pause: () => Promise.resolve(asked.push('pause')),
      end: () => {
        settle('interrupted')
        return Promise.resolve(asked.push('end'))
      },
      line: () => ({ stage: 'points', share: null, words: [] }),
      event: () => '',
    },
    {
      terminal,
      json: true,
      db: null,
      interrupt: {
        onInterrupt(listener) {
          interrupt = listener
          return () => undefined
        },
      },
    },
  )
  press(100)
  press(150)
  expect(asked).toEqual(['pause'])
  press(5000)
  expect(await followed).toBe(true)
  expect(asked).toEqual(['pause', 'end'])
  expect(terminal.stderr).toBe('Pausing …\n')
})
