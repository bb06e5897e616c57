/** Played-out questions of the DRN paper's readers. */
export const questions = {
  heading: 'Questions',
  sub: 'Runs that differ in one thing, on the same users and click coins',
  expected: 'Expected:',
  start: 'Start {n} runs and compare',
  judgement: { confirmed: 'Confirmed', undecided: 'Undecided', refuted: 'Not confirmed' },
  played: 'Played with {n} seeds:',
  over: '{run} ÷ {than}',
  measure: {
    served: 'clicks',
    overStatic: 'clicks against the best static list',
    normGrowth: 'norm growth',
    returns: 'returns',
  },
  bound: { above: 'above {bound}', below: 'below {bound}', near: '1 ± {bound}' },
  exploringPays: {
    title: 'Does exploring pay at this α?',
    expected:
      'Beside a gradient none of α = 0.1, α = 0.6 and ε = 0.1 changes clicks by 3 %: what exploring costs and what its clicks teach about balance.',
    seen: 'Half of the slots come from the network that explores. The drift bench, where the cost alone is measured, puts it below 1 % at α = 0.1 and at a tenth for ε = 0.1 in every slot.',
  },
  minorAlone: {
    title: 'Can minor updates alone learn?',
    expected:
      'From random weights, minor updates alone hardly gain on no updates at all; with major updates the network learns.',
    seen: 'A duel tells one direction of some thousand weights by a handful of clicks. Drifting tastes reach the network by what each reader clicked before, so that the weights are learnt by the gradient.',
  },
  minorRules: {
    title: 'Step, printed, replace',
    expected:
      'With a duel per list, step keeps the norm; printed inflates it until numbers overflow, unless it is guarded; replace walks at random and loses clicks.',
    seen: 'The formula as printed multiplies the norm by about 1 + η per win. Ranking is the same after it, until products of the layers leave the range of 32-bit numbers; the norm guard keeps it harmless.',
  },
  equalTraffic: {
    title: 'DBGD, MGD, ES and a gradient at equal traffic',
    expected:
      'From random weights all of them gain on no learning, and a gradient wins by far over each.',
    seen: 'With thousands of weights a duel’s direction is nearly orthogonal to where it should go. In the drift bench, with 353 weights, more directions and evolution strategies do help, and the gradient still wins by far.',
  },
  duelLength: {
    title: 'How long should a duel last?',
    expected:
      'With wide steps from a trained network, M = 1 loses clicks by following noise; longer duels protect.',
    seen: 'A duel trades noise for delay: in the drift bench, where the weights have to follow, duels of 100 requests are too slow.',
  },
  majorUndoes: {
    title: 'Does the major update undo the minor ones?',
    expected:
      'Going on from W loses nothing against no major updates; starting from scratch loses what was learnt.',
    seen: 'The major update trains the same weights that the minor updates moved: they are its starting point.',
  },
  future: {
    title: 'DN against DDQN, with and without boredom',
    expected:
      'Without boredom both are equal; where today’s list bores the reader of tomorrow’s, DDQN wins.',
    seen: 'If DDQN won where the future does not depend on the list, the comparison would be wrong: that is the falsification test. Readers stay for many lists of few topics here, so that looking ahead can pay; γ is 0.8.',
  },
  activeness: {
    title: 'β: clicks today or returns next week?',
    expected:
      'Here β = 0.05 changes neither clicks nor returns by 5 %, and β = 0.5 neither by 10 %: what users click is what brings them back, so that both ask for the same lists.',
    seen: 'Activeness enters the reward as β · S. With independent clicks the list with most expected clicks is also the one most probably clicked at all, so that β has nothing to trade as long as any click satisfies. The next question takes that away.',
  },
  bait: {
    title: 'β where clicks please nobody',
    expected:
      'Half of the providers publish bait, which is clicked more and satisfies nobody. β = 2 then gives up clicks, and users come back more often.',
    seen: 'Clicks and returns ask for different lists here: what is clicked most is bait, and only other clicks bring a user back. A network that is paid for clicks alone fills its lists with bait; one that is paid for activeness as well learns to leave it out. γ is 0.8, as the return comes after the list.',
  },
  aboveStatic: {
    title: 'Does what learns beat the best static list?',
    expected:
      'With two clicks in a hundred slots, the Q-network and the linear learners all rank above the best static list.',
    seen: 'The static list knows each item’s click rate so far. A network beats it only with small steps and a long replay: at ten times the step size it fits noise and falls below.',
  },
}
