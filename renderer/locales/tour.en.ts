/** Words of the four steps that point at what matters in a first run. */
export const tour = {
  label: 'A look around',
  step: '{step} of {n}',
  back: 'Back',
  next: 'Next',
  close: 'Close',
  yours: 'Make it yours',
  delta: {
    title: 'The sentence.',
    text: 'It says which of the two lists the users prefer, or that this is not decided. Δ is how much: 0 is no preference.',
  },
  interval: {
    title: 'The interval.',
    text: 'It holds Δ at every look, so you may look as often as you like. It tightens with every user; once 0 is outside, it is decided.',
  },
  health: {
    title: 'The health.',
    text: 'A duel counts only when both sides had the same chances. A check that blocks withholds the verdict.',
  },
  export: {
    title: 'The report.',
    text: 'Export gives the verdict with everything behind it as one file. “Make it yours” opens this setup as a new experiment.',
    later:
      'When the run has ended, Export stands up here and gives one file with everything. “Make it yours” opens this setup as a new experiment.',
  },
}
