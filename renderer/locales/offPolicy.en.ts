/** Words of the tab that evaluates a network of a run on the log behind it. */
export const offPolicy = {
  title: 'What would it have earned on {dataset}?',
  help: 'The run simulates clicks from this log; an off-policy evaluation weighs the rewards that were really logged by how likely the network’s choices were. The network has learnt from this log, so the estimate leans high; one on a later log would not.',
  others: 'Other policies',
  policy: '{name} of run {id}',
  start: 'Evaluate {name}',
  empty: 'No policy has been evaluated on this log yet.',
  notHere: 'What a policy earns is not estimated here: this run’s world knows it.',
  notHereHelp:
    'Results holds the expected clicks of every policy on the same requests. Off-policy evaluation is for logs of decisions, with their rewards and the probability of what was shown.',
  early: 'A network can be evaluated once the run has a checkpoint.',
}
