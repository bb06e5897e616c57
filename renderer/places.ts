import type { IconName } from './components/icons.ts'

export interface Place {
  readonly name: 'home' | 'experiments' | 'peekLab' | 'data' | 'settings'
  readonly icon: IconName
  /** Pressed after G. The numbers leave room for the screens between them. */
  readonly digit: string
  /** Routes that belong to it. */
  readonly owns: readonly string[]
}

/** The entries of the rail, in order. */
export const places: readonly Place[] = [
  { name: 'home', icon: 'home', digit: '1', owns: ['home'] },
  {
    name: 'experiments',
    icon: 'experiments',
    digit: '2',
    owns: ['experiments', 'setup', 'run', 'live', 'results', 'plan'],
  },
  { name: 'peekLab', icon: 'dice', digit: '4', owns: ['peekLab'] },
  { name: 'data', icon: 'data', digit: '5', owns: ['data'] },
  { name: 'settings', icon: 'settings', digit: '9', owns: ['settings'] },
]
