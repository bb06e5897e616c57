/** Played-out questions of the DRN paper's readers. */
export const questions = {
  heading: 'Questions',
  sub: 'Runs that differ in one thing, on the same users and click coins',
  expected: 'Expected:',
  start: 'Start {n} runs and compare',
  exploringPays: {
    title: 'Does exploring pay at this α?',
    expected:
      'α = 0.1 costs hardly any clicks, α = 0.6 costs some; neither earns more than it costs.',
    seen: 'Compare the click rates of the served lists. In the drift bench DBGD at α = 0.1 beside a gradient costs less than 1 %, and gains nothing: it is cheap exploration, not a better learner.',
  },
  minorAlone: {
    title: 'Minor updates alone under drift',
    expected: 'Without major updates the click rate falls as tastes move; with them it does not.',
    seen: 'A duel tells one direction at a time by a handful of clicks. In the drift bench minor updates at α = 0.1, η = 0.05 gain 0.000 ± 0.001 over no learning at all.',
  },
  minorRules: {
    title: 'Step, printed, replace',
    expected:
      'Step keeps the norm; printed inflates it but ranks alike; replace walks at random and loses clicks.',
    seen: 'The formula as printed multiplies the norm by about 1 + η per win. A ReLU network ranks the same after it, until its numbers overflow; the norm guard keeps it harmless.',
  },
  equalTraffic: {
    title: 'DBGD, MGD, ES and a gradient at equal traffic',
    expected: 'More directions help, evolution strategies help more, a gradient wins by far.',
    seen: 'In the drift bench: DBGD .381, MGD with nine directions .424, ES in one list .449, a gradient .643 clicks per item.',
  },
  duelLength: {
    title: 'How long should a duel last?',
    expected:
      'With wide steps and no drift, M = 1 loses clicks by following noise; longer duels protect.',
    seen: 'Under drift it turns round: duels of 100 requests are too slow to follow. A duel trades noise for delay.',
  },
  majorUndoes: {
    title: 'Does the major update undo the minor ones?',
    expected:
      'Going on from W shows no drop at a major update; starting from scratch loses what was learnt.',
    seen: 'The major update trains the same weights that the minor updates moved: they are its starting point.',
  },
  future: {
    title: 'DN against DDQN, with and without boredom',
    expected:
      'Without boredom both are equal; where today’s list changes tomorrow’s clicks, DDQN may win.',
    seen: 'If DDQN won where the future does not depend on the list, the comparison would be wrong: that is the falsification test. One seed decides little; repeat it with others.',
  },
  activeness: {
    title: 'β: clicks today or returns next week?',
    expected:
      'A small β changes little; a large one trades clicks for returns, if the learner can tell what brings users back.',
    seen: 'Activeness enters the reward as β · S. Compare impressions of the runs: users who return more ask more often.',
  },
}
