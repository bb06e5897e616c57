/** Words of the worlds with a clock and of the generated ones. */
export const worldKinds = {
  ratings: 'Imported ratings',
  typedLatent: 'Generated: hidden types',
  lowRank: 'Generated: low rank',
  news: 'News with a clock',
  sessions: 'Sessions',
  impressions: 'Logged impressions',
  queries: 'Graded queries',
  bandit: 'Bandit log, simulated rewards',
}

export const candidateKinds = { newest: 'the newest', anyAge: 'of any age' }

export const worldStories = {
  typedLatent: 'A generated world: {items} items and {users} users of {types} hidden types.',
  lowRank: 'A generated world of low rank: {items} items and {users} users.',
  news: 'News for {days} days: {perHour} items an hour on {topics} topics, {users} users who come back when they like.',
  sessions: '{users} visits to a shop of {products} products, with recommendations in between.',
  ratings: 'Imported ratings: {dataset}.',
  impressions:
    'The impressions of {dataset} by the clock of the log: its candidates and labels are the pool and the truth.',
  queries: 'The graded queries of {dataset}, asked by {users} simulated users.',
  bandit:
    'The contexts of {dataset} for {users} simulated users; rewards are estimated from the log.',
}

export const worldFields = {
  days: { label: 'Days', help: 'Horizon of simulated time; requests after it are not served.' },
  logDays: {
    label: 'Days of log before',
    help: 'Random lists shown before the run: what learners are pre-trained on.',
  },
  newsPerHour: { label: 'News per hour', help: 'Poisson rate of new items.' },
  candidates: {
    label: 'Candidates are',
    help: 'The newest items, or a random draw of all that have not expired.',
  },
  topics: { label: 'Topics', help: 'Topics of the news.' },
  providers: { label: 'Providers', help: 'News providers.' },
  dimensions: { label: 'Dimensions', help: 'Length of content and taste vectors.' },
  contentSpread: { label: 'Content spread', help: 'Standard deviation round the topic’s mean.' },
  qualityMean: { label: 'Mean quality', help: 'In logits of a click.' },
  qualitySpread: { label: 'Quality spread', help: 'Standard deviation, in logits.' },
  freshnessHours: {
    label: 'Freshness life',
    help: 'Hours in which the odds of a click fall by e (DRN: 4.1).',
  },
  expiryHours: { label: 'Expiry', help: 'Age in hours at which an item is no candidate any more.' },
  tasteWeight: { label: 'Weight of tastes', help: 'Factor of θ·x in the logit of a click.' },
  tasteDrift: { label: 'Drift of tastes', help: 'Daily step of every taste; 0 switches it off.' },
  tasteJump: { label: 'Jump of tastes', help: 'Daily probability of a jump to another topic.' },
  topicDrift: { label: 'Drift of topics', help: 'Daily drift of the topics’ popularity.' },
  boredom: { label: 'Boredom', help: 'Logits a topic loses per shown item of a clicked topic.' },
  boredomHours: { label: 'Half-life of boredom', help: 'In hours.' },
  returnEffect: {
    label: 'Returns by satisfaction',
    help: 'The daily gap is 24 h · exp(−this · satisfaction); 0 unties them.',
  },
  baitShare: {
    label: 'Share of bait',
    help: 'Providers whose items are clicked but satisfy nobody; 0: every click satisfies.',
  },
  baitLift: { label: 'Lift of bait', help: 'Logits that their items gain on a click.' },
  inSession: { label: 'Share in session', help: 'Probability that the next request comes soon.' },
  targetCtr: {
    label: 'Clicks of random lists',
    help: 'The offset c is found so that random lists reach this rate; 0 takes the offset below.',
  },
  offset: { label: 'Offset c', help: 'Used where the rate above is 0.' },
  products: { label: 'Products', help: 'Items of the shop.' },
  popularitySpread: { label: 'Popularity spread', help: 'Standard deviation of μ.' },
  drift: { label: 'Drift', help: 'Step of ω at each organic view; 0 switches it off.' },
  flips: {
    label: 'Flips',
    help: 'Pairs of similar products whose vectors are swapped for clicks.',
  },
  leave: { label: 'P(leave)', help: 'Probability of leaving at each step.' },
  toOrganic: { label: 'P(look around)', help: 'After a recommendation.' },
  toBandit: { label: 'P(recommendation)', help: 'After looking around.' },
  logUsers: { label: 'Users on record', help: 'Earlier users whose views are known.' },
  pastShare: {
    label: 'Share of the past',
    help: 'Of the log or the requests: learners are trained on it before the run and nothing is judged.',
  },
  clickedAttraction: {
    label: 'Clicked candidate',
    help: 'Click probability of an examined candidate that was clicked in the log.',
  },
  otherAttraction: {
    label: 'Other candidate',
    help: 'The same of one that was not clicked: it may not have been seen.',
  },
  penalty: { label: 'L2 penalty', help: 'Of the logistic regression that estimates the rewards.' },
}
