/** Words of the numbers outside Live and Results that open. */
export const formulasMore = {
  recentItems: {
    title: 'Effective items of late',
    text: 'As many items as would share the slots of the last lists equally. It grows with the window, so compare it over windows of one size only.',
  },
  uniqueItems: {
    title: 'Different items',
    text: 'Items that the last lists showed at least once.',
  },
  gini: {
    title: 'Gini of exposure',
    text: 'How unequally slots are spread over the items that were shown: 0 where all have as many, towards 1 where one has all.',
  },
  topShare: {
    title: 'Share of the top items',
    text: 'Share of the slots that went to the item, or the ten items, shown most.',
  },
  seedMean: {
    title: 'Mean over seeds',
    text: 'Seeds of one configuration are replicates: their mean, with Student’s interval over seeds. With one seed the interval is the one of the run itself.',
  },
  seedDifference: {
    title: 'Difference to the baseline',
    text: 'Runs of one seed meet the same users and click coins, so that differences are taken seed by seed. All columns against the baseline are one family, corrected by Benjamini–Hochberg at 5 %.',
  },
  winRate: {
    title: 'Share of seeds with more clicks',
    text: 'In how many of the seeds that both have the row had more clicks than the column; a draw counts half.',
  },
  listAgreement: {
    title: 'Agreement of the last lists',
    text: 'Rank-biased overlap of what Q of both runs would show in the contexts that both keep, averaged over contexts and common seeds; beside it Kendall’s τ of the items in both lists.',
  },
  windowCtr: {
    title: 'Clicks per item at a point',
    text: 'Clicks per shown item since the point before. Observed for what was served; for lists of a side or a reference expected under the click model of the world.',
  },
  meanVote: {
    title: 'Mean vote of a user',
    text: 'Mean of the votes of one user over the lists with a vote. A vote is 1 for A, one half for a tie, 0 for B; a method that weighs every possible draft gives values between.',
  },
  userShare: {
    title: 'Share of a user in Δ',
    text: 'What this user adds to Δ. The shares of all users add up to Δ; a user without any vote has none.',
  },
  userActiveness: {
    title: 'Activeness of a user',
    text: 'After the last request of the user: it decays with time and rises with each request.',
  },
  coldStart: {
    title: 'Clicks by request',
    text: 'Clicks per list at the first to fifth request of a user and later, for one user and for all. It shows how a ranker does before it knows somebody.',
  },
  credit: {
    title: 'Credit of a list',
    text: 'Each click counts for the side whose slot it was, or is shared out by how likely each side was to place it; who has more credit wins the list. A click on a slot of neither counts for none.',
  },
  pairAgreement: {
    title: 'Agreement of L and L̃',
    text: 'How alike the two lists of one context are: common items, rank-biased overlap (the first ten ranks carry about 86 %), and Kendall’s τ of the common items.',
  },
  layerDelta: {
    title: 'ΔW of a layer',
    text: 'The difference of the two networks in one layer: its norm beside that of the weights, the largest change, and the share of weights that did not move at all.',
  },
  oneUpdate: {
    title: 'One update',
    text: 'A minor update decides by the pooled credit of its lists; a major one replays stored requests. ‖step‖ is the norm of the change of all weights.',
  },
  score: {
    title: 'Score',
    text: 'The advantage of an item in one context under each network. Only differences within a context order a list.',
  },
  treeBalance: {
    title: 'Balance score',
    text: 'How evenly nodes hold their items, weighted by items: 1 where all children of a node are equally large. Beside it the largest difference between siblings, at most 1 in a balanced tree.',
  },
  treeShape: {
    title: 'Shape of the tree',
    text: 'The smallest tree of its depth that has a leaf for every item. A decision computes the outputs on one path, not one for every item.',
  },
  nodeFill: {
    title: 'Fill',
    text: 'Items below a node per leaf slot below it.',
  },
  nodeShare: {
    title: 'Share of visits',
    text: 'Decisions of the last evaluation that passed the node, of all.',
  },
  nodeEntropy: {
    title: 'Entropy of the policy',
    text: 'How undecided the policy is at a node: 1 where all children are equally likely, 0 where one is certain. A node with one child has no choice and none is told.',
  },
  nodeReward: {
    title: 'Mean reward',
    text: 'Mean answer to the items that were chosen under the node in the last evaluation, with a normal interval over visits.',
  },
  treeReward: {
    title: 'Reward of the policy',
    text: 'Mean answer per step for users who were not learnt from: choices drawn from the policy, or always its most likely child.',
  },
  treeExposure: {
    title: 'Exposure over items',
    text: 'How unequally the decisions are spread over the items of the tree, and as many items as would share them equally.',
  },
  itemSpace: {
    title: 'Item vectors',
    text: 'How many directions the vectors use, how much of the variance the first ones carry, what is lost of the rewards, and how many of an item’s ten nearest the chosen model shares.',
  },
  decisionPath: {
    title: 'A decision',
    text: 'The probability of an item is the product of the probabilities of the children on its path.',
  },
  decisionTime: {
    title: 'Time of a decision',
    text: 'Measured on this machine when it was asked for; another time has other figures.',
  },
  loggedMean: {
    title: 'Mean reward of the log',
    text: 'What the policy that wrote the log earned per round.',
  },
  ips: {
    title: 'Inverse propensity score',
    text: 'Rewards weighted by how much likelier the policy would have done the same. Without bias where propensities are right; it scatters where weights are large, and clipping trades that for bias.',
  },
  snips: {
    title: 'Self-normalised IPS',
    text: 'IPS over the mean weight: steadier, and within the range of rewards.',
  },
  directMethod: {
    title: 'Direct method',
    text: 'What a model of rewards, learnt out of fold, foretells for the choices of the policy. It is as good as its model.',
  },
  doublyRobust: {
    title: 'Doubly robust',
    text: 'The model’s forecast, corrected by the weighted errors of the model on what was logged: right where either the model or the propensities are.',
  },
  switchDr: {
    title: 'Switch-DR',
    text: 'Doubly robust where weights are moderate, the model alone where they are above τ.',
  },
  shrunkDr: {
    title: 'DR with shrunk weights',
    text: 'Doubly robust with weights that are drawn towards 0 the larger they are.',
  },
  liReplay: {
    title: 'Li’s replay',
    text: 'Mean reward of the rounds in which the policy would have done what was logged. It needs a log that chose uniformly.',
  },
  slateValue: {
    title: 'Value of a slate',
    text: 'What whole lists would have earned, by what the reward of a slot may depend on: the whole list, its own item, or those above it too.',
  },
  weights: {
    title: 'Weights',
    text: 'As many equally weighted rounds as the estimate is worth, and the largest weight. Few effective rounds mean that the log hardly tells of this policy.',
  },
  logStep: {
    title: 'Δ after a step',
    text: 'The result on what is left after each filter of the plan, in their order.',
  },
  slotRate: {
    title: 'Clicks per slot',
    text: 'Share of the slots at one position, by the side that they count for, that were clicked.',
  },
  logSegment: {
    title: 'Δ of a segment',
    text: 'The locked engine on the users of one segment. All segments are one family, apart from the verdict.',
  },
  logCheck: {
    title: 'A check of the log',
    text: 'The value beside the limit from which it warns or blocks.',
  },
  falsePositives: {
    title: 'False positives',
    text: 'Share of repetitions without any preference in which the method named a side. The design is repeated on the votes of its own users, relabelled at random.',
  },
  power: {
    title: 'Power',
    text: 'Share of repetitions with the chosen preference in which the method named the preferred side first.',
  },
  wrongSide: {
    title: 'Wrong side',
    text: 'Share of repetitions with the chosen preference in which the method named the other side first.',
  },
  coverage: {
    title: 'Coverage',
    text: 'Share of repetitions whose intervals held the truth at every look, not only at the last.',
  },
  stoppingTime: {
    title: 'Users at the decision',
    text: 'Median number of users that had left when the method decided, among the repetitions in which it did.',
  },
  pilot: {
    title: 'The pilot',
    text: 'The traffic that the repetitions are drawn from: one run of the design.',
  },
  requestClicks: {
    title: 'Clicks on one request',
    text: 'Expected clicks of a list that this user would be shown now: exact, by the click model of the world.',
  },
  itemAttraction: {
    title: 'Attraction of an item',
    text: 'How likely this user is to click the item once it is looked at. Only the world knows it; no learner sees it.',
  },
  worldLevel: {
    title: 'Level of a world',
    text: 'What one policy alone gets in this world, with its interval over users or seeds.',
  },
  worldTime: {
    title: 'Times of a world',
    text: 'When users return, and how old the items are that they click.',
  },
  worldSign: {
    title: 'Sign of an effect',
    text: 'The same world with one setting up and down, seed by seed. The world passes where the whole interval has the sign that its design demands.',
  },
  worldLeak: {
    title: 'Leak or falsification',
    text: 'The world with its hidden traits swapped or off: an effect that stays would come from elsewhere.',
  },
  driftMean: {
    title: 'Mean over seeds',
    text: 'Clicks per item of one learner in the bench, with Student’s interval over seeds.',
  },
  driftGrowth: {
    title: 'Growth of the weights',
    text: 'Norm of the weights at the end over that at the beginning; the mean is taken of its logarithm, as growth spans tens of decades.',
  },
  driftClaim: {
    title: 'A claim and its bound',
    text: 'A claim holds clearly where the whole interval over seeds lies on its side of the bound, and in the mean where the mean alone does.',
  },
  episodeReward: {
    title: 'Reward per step',
    text: 'Mean answer per step over one episode of each user that was held back, without the run bonus.',
  },
  episodeHits: {
    title: 'Precision and recall',
    text: 'Hits per step, hits per relevant item of the user, and their harmonic mean.',
  },
  modelCtr: {
    title: 'Clicks of its own lists',
    text: 'Expected clicks per item of the lists that this network alone would have shown, over its run up to the moment when it was saved.',
  },
  longestRun: {
    title: 'Longest run',
    text: 'Accepted items in a row, at most, averaged over episodes.',
  },
  episodeItems: {
    title: 'Items in the episodes',
    text: 'Different items that all episodes showed together, and how unequally.',
  },
  previewOverlap: {
    title: 'Overlap in the preview',
    text: 'How alike L and L̃ would be with this plan, over the same requests for every setting, so that only the setting changes it.',
  },
  previewRates: {
    title: 'Rates in the preview',
    text: 'What becomes of the impressions that the plan would serve: ties, lists without a click that counts, and lists that are the same on both sides. A smaller world or less pre-training stands in where the plan’s would take too long.',
  },
  planSize: {
    title: 'Size of the plan',
    text: 'What the settings come to. A world with a clock of its own, or a log, counts its impressions by its own schedule.',
  },
  planNeeds: {
    title: 'What the plan needs',
    text: 'Users for one look with this power, from the rates of ties and no-votes and the likeness of one user’s votes. A sequence that may be looked at any time needs more: the Peek Lab measures it.',
  },
}
