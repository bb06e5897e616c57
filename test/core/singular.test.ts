import { expect, it } from 'vitest'
import { singular } from '#core/singular'

it.each([
  ['1 lists, 3 clicks, 0 returns', '1 list, 3 clicks, 0 returns'],
  ['1 decisions of 1 users', '1 decision of 1 user'],
  ['1 ratings of 2 users, 1 processes', '1 rating of 2 users, 1 process'],
  ['600 rounds, 4 actions, 1 positions', '600 rounds, 4 actions, 1 position'],
  ['1 node policies, 1 leaf slots', '1 node policy, 1 leaf slot'],
  [
    '1,001 lists · 21 users · 0.1 lists · −1 points',
    '1,001 lists · 21 users · 0.1 lists · −1 points',
  ],
  ['seed 1 is one of 5 seeds', 'seed 1 is one of 5 seeds'],
  ['', ''],
])('says %j as %j', (text, said) => expect(singular(text)).toBe(said))
