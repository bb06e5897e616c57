"""Linear online learners to rank in numpy: one impression from query to updated weights.

The algorithms of HarrieO/OnlineLearningToRank, written anew twice. `reference …` does the same array
operations slot by slot and pair by pair as that project: ties broken by complex sorts, drafts that look
each document up in the shown list, 10,000 sampled assignments of a probabilistic list, PDGD by tensors
of pairs, slots and documents. The others are as fast as numpy lets them be.
"""
import protocol

try:
    import numpy as np
except ImportError as error:
    protocol.answer({"missing": str(error)})
    raise SystemExit(0)

K = 10
DELTA, GAMMA, RATE, DECAY, TAU, SAMPLES = 1.0, 0.01, 0.1, 0.9999977, 3.0, 10_000


class Clicks:
    """A cascade by grade whose stop coin is tossed at every rank."""

    def __init__(self, click, stop):
        self.click, self.stop = np.asarray(click), np.asarray(stop)

    def __call__(self, grades, rng):
        clicked = rng.random_sample(len(grades)) < self.click[grades]
        stopped = rng.random_sample(len(grades)) < self.stop[grades]
        if stopped.any():
            clicked[stopped.argmax() + 1:] = False
        return clicked


USERS = {
    "perfect": Clicks([0, 0.2, 0.4, 0.8, 1], [0, 0, 0, 0, 0]),
    "navigational": Clicks([0.05, 0.3, 0.5, 0.7, 0.95], [0.2, 0.3, 0.5, 0.7, 0.9]),
    "informational": Clicks([0.4, 0.6, 0.7, 0.8, 0.9], [0.1, 0.2, 0.3, 0.4, 0.5]),
}


def ranked(scores, rng, depth=None):
    """Places by score, best first, row by row; ties fall by chance."""
    order = np.lexsort((rng.random_sample(scores.shape), -scores), axis=-1)
    return order if depth is None else order[..., :depth]


def move_to_winners(w, directions, winners, gamma):
    """w + gamma * mean of the winning directions. winners: rows of `directions`."""
    return w + gamma * directions[winners].mean(axis=0) if len(winners) else w


class Dueling:
    """w against n random directions in one list."""

    def __init__(self, width, directions, rng):
        self.w, self.n, self.rng, self.gamma = np.zeros(width), directions, rng, GAMMA

    def candidates(self, x):
        u = self.rng.standard_normal((self.n, len(self.w)))
        u /= np.sqrt((u * u).sum(axis=1))[:, None]
        weights = np.concatenate([self.w[None], self.w + DELTA * u])
        return u, weights @ x.T

    def learn(self, u, winners):
        if len(winners):
            self.w = move_to_winners(self.w, u, winners, self.gamma)
            self.gamma *= DECAY


class TeamDraft(Dueling):
    """DBGD and MGD with team draft and a neutral common prefix."""

    def serve(self, x, grades, user):
        u, scores = self.candidates(x)
        rankings = ranked(scores, self.rng, K)
        rankers, k = rankings.shape
        shown, teams = np.empty(k, dtype=int), np.full(k, -1)
        same = (rankings == rankings[0]).all(axis=0)
        slot = k if same.all() else int(same.argmin())
        shown[:slot] = rankings[0, :slot]
        lists = rankings.tolist()
        used, following = set(shown[:slot].tolist()), [slot] * rankers
        turn, order = rankers, None
        while slot < k:
            if turn == rankers:
                order, turn = self.rng.permutation(rankers).tolist(), 0
            ranker = order[turn]
            own, place = lists[ranker], following[ranker]
            while own[place] in used:
                place += 1
            used.add(own[place])
            shown[slot], teams[slot] = own[place], ranker
            following[ranker] = place + 1
            slot, turn = slot + 1, turn + 1
        clicked = user(grades[shown], self.rng)
        credit = np.bincount(teams[clicked & (teams >= 0)], minlength=rankers)
        self.learn(u, np.flatnonzero(credit[1:] > credit[0]))
        return shown


def ranked_as_reference(scores, rng, depth=None):
    """By a complex sort whose imaginary part breaks ties."""
    keys = np.empty(scores.shape, dtype=complex)
    keys.real, keys.imag = -scores, rng.random_sample(scores.shape)
    n = scores.shape[-1]
    if depth is None or depth >= n:
        return np.argsort(keys, axis=-1)
    part = np.argpartition(keys, depth - 1, axis=-1)[:, :depth]
    order = np.argsort(np.take_along_axis(keys, part, axis=-1), axis=-1)
    return np.take_along_axis(part, order, axis=-1)


class ReferenceTeamDraft(Dueling):
    """The same draft, slot by slot on arrays."""

    def serve(self, x, grades, user):
        u, scores = self.candidates(x)
        rankings = ranked_as_reference(scores, self.rng, K)
        rankers, k = rankings.shape
        shown, teams = np.zeros(k, dtype=np.int32), np.zeros(k, dtype=np.int32)
        slot = 0
        while slot < k and np.all(rankings[1:, slot] == rankings[0, slot]):
            shown[slot], teams[slot] = rankings[0, slot], -1
            slot += 1
        places = np.zeros(rankers, dtype=np.int32) + slot
        order, turn = np.arange(rankers), rankers
        while slot < k:
            if turn == rankers:
                self.rng.shuffle(order)
                turn = 0
            ranker = order[turn]
            while np.any(rankings[ranker, places[ranker]] == shown[:slot]):
                places[ranker] += 1
            shown[slot], teams[slot] = rankings[ranker, places[ranker]], ranker
            places[ranker] += 1
            slot, turn = slot + 1, turn + 1
        clicked = user(grades[shown], self.rng)
        credit = np.sum(np.arange(rankers)[:, None] == teams[clicked][None, :], axis=1)
        self.learn(u, np.flatnonzero(credit[1:] > credit[0]))
        return shown


class Probabilistic(Dueling):
    """DBGD with probabilistic interleaving of whole rankings; who drew what is sampled."""

    def serve(self, x, grades, user):
        u, scores = self.candidates(x)
        n = scores.shape[1]
        ranks = np.empty_like(scores)
        np.put_along_axis(ranks, ranked(scores, self.rng), np.arange(1.0, n + 1)[None], axis=1)
        weight = ranks ** -TAU
        left, total = weight.copy(), weight.sum(axis=1)
        k = min(K, n)
        shown, share = np.empty(k, dtype=int), np.empty((k, 2))
        for slot in range(k):
            p = left / total[:, None]
            mixed = p.mean(axis=0)
            item = min(int(np.searchsorted(np.cumsum(mixed), self.rng.random_sample() * mixed.sum(), "right")), n - 1)
            while left[0, item] == 0:
                item -= 1
            shown[slot], share[slot] = item, p[:, item]
            total = total - left[:, item]
            left[:, item] = 0
        clicked = user(grades[shown], self.rng)
        if clicked.any():
            first = (share[:, 0] / share.sum(axis=1))[clicked]
            drawn = (self.rng.random_sample((SAMPLES, len(first))) < first).sum(axis=1)
            preference = np.sign(len(first) - 2 * drawn).mean()
            self.learn(u, np.array([0]) if preference > 0 else np.array([], dtype=int))
        return shown


def log_softmax_parts(scores, ranking):
    """log P of each shown place given those before it, for one ranking."""
    s = scores - scores.max()
    e = np.exp(s)
    rest = np.concatenate([[e.sum()], e.sum() - np.cumsum(e[ranking[:-1]])])
    return s[ranking] - np.log(np.maximum(rest, 1e-300))


def pdgd_gradient(scores, ranking, clicked):
    """Weight of each shown document in the gradient; None without a pair."""
    k = len(ranking)
    if not clicked.any():
        return None
    last = k if clicked[-1] else int(np.flatnonzero(clicked)[-1]) + 2
    positions = np.arange(min(last, k))
    positive, negative = positions[clicked[: len(positions)]], positions[~clicked[: len(positions)]]
    if len(positive) == 0 or len(negative) == 0:
        return None
    i, j = (side.ravel() for side in np.meshgrid(positive, negative, indexing="ij"))
    pairs = len(i)
    swapped = np.tile(ranking, (pairs, 1))
    row = np.arange(pairs)
    swapped[row, i], swapped[row, j] = ranking[j], ranking[i]
    e = np.exp(scores - scores.max())
    taken = np.cumsum(e[swapped], axis=1)
    rest = np.maximum(e.sum() - np.concatenate([np.zeros((pairs, 1)), taken[:, :-1]], axis=1), 1e-300)
    p = log_softmax_parts(scores, ranking)
    log_swapped = np.log(np.maximum(e[swapped], 1e-300)) - np.log(rest)
    upper, lower = np.minimum(i, j)[:, None], np.maximum(i, j)[:, None]
    between = (np.arange(k) >= upper) & (np.arange(k) <= lower)
    ratio = np.where(between, log_swapped - p, 0).sum(axis=1)
    rho = 1 / (1 + np.exp(-ratio))
    win = 1 / (1 + np.exp(-(scores[ranking[i]] - scores[ranking[j]])))
    weight = rho * win * (1 - win)
    out = np.zeros(k)
    np.add.at(out, i, weight)
    np.add.at(out, j, -weight)
    return out


def log_list_parts(scores, lists):
    """log P of every slot of every list by one tensor [lists x slots x documents]."""
    count, k = lists.shape
    left = np.ones((count, k, len(scores)), dtype=bool)
    rows = np.arange(count)[:, None]
    for slot in range(1, k):
        left[:, slot:, :][rows[:, 0], :, lists[:, slot - 1]] = False
    s = np.where(left, scores[None, None, :], -np.inf)
    top = s.max(axis=2)
    total = np.exp(s - top[:, :, None]).sum(axis=2)
    return scores[lists] - top - np.log(total)


def reference_pdgd_gradient(scores, ranking, clicked):
    """As `pdgd_gradient`, with the full probabilities of the shown list and of every swapped one."""
    k = len(ranking)
    included = np.ones(k, dtype=int)
    if not clicked[-1]:
        included[1:] = np.cumsum(clicked[::-1])[:0:-1]
    positive, negative = np.flatnonzero(clicked), np.flatnonzero((included > 0) & ~clicked)
    if len(positive) == 0 or len(negative) == 0:
        return None
    i, j = np.tile(positive, len(negative)), np.repeat(negative, len(positive))
    row = np.arange(len(i))
    swapped = np.tile(ranking, (len(i), 1))
    swapped[row, i], swapped[row, j] = ranking[j], ranking[i]
    upper, lower = np.minimum(i, j)[:, None], np.maximum(i, j)[:, None]
    between = (np.arange(k) >= upper) & (np.arange(k) <= lower)
    shown = np.exp(np.where(between, log_list_parts(scores, np.tile(ranking, (len(i), 1))), 0).sum(axis=1))
    other = np.exp(np.where(between, log_list_parts(scores, swapped), 0).sum(axis=1))
    win = 1 / (1 + np.exp(-(scores[ranking[i]] - scores[ranking[j]])))
    weight = other / (shown + other) * win * (1 - win)
    out = np.zeros(k)
    np.add.at(out, i, weight)
    np.add.at(out, j, -weight)
    return out


class Pdgd:
    gradient = staticmethod(pdgd_gradient)

    def __init__(self, width, rng):
        self.w, self.rng, self.rate = np.zeros(width), rng, RATE

    def serve(self, x, grades, user):
        scores = x @ self.w
        shown = self.sample(scores)
        clicked = user(grades[shown], self.rng)
        if clicked.any():
            gradient = self.gradient(scores, shown, clicked)
            if gradient is not None:
                self.w += self.rate * (gradient @ x[shown])
                self.rate *= DECAY
        return shown

    def sample(self, scores):
        # Gumbel's maximum draws the whole list at once
        return np.argsort(-(scores + self.rng.gumbel(size=len(scores))))[:K]


class ReferencePdgd(Pdgd):
    gradient = staticmethod(reference_pdgd_gradient)

    def sample(self, scores):
        p = np.exp(scores - scores.max())
        p /= p.sum()
        # places of next to no probability are drawn once the others are taken
        safe = min(K, len(scores), int(np.sum(p > 1e-4 / len(scores))))
        shown = self.rng.choice(len(scores), replace=False, p=p, size=safe)
        while len(shown) < min(K, len(scores)):
            p = np.exp(scores - np.delete(scores, shown).max())
            p[shown] = 0
            shown = np.append(shown, self.rng.choice(len(scores), p=p / p.sum()))
        return shown


LEARNERS = {
    "tdDbgd": lambda width, rng: TeamDraft(width, 1, rng),
    "pDbgd": lambda width, rng: Probabilistic(width, 1, rng),
    "tdMgd": lambda width, rng: TeamDraft(width, 9, rng),
    "pdgd": Pdgd,
    "reference tdDbgd": lambda width, rng: ReferenceTeamDraft(width, 1, rng),
    "reference tdMgd": lambda width, rng: ReferenceTeamDraft(width, 9, rng),
    "reference pdgd": ReferencePdgd,
}


def queries_of(features, grades, first):
    first = first.astype(int)
    for a, b in zip(first[:-1], first[1:]):
        yield features[a:b].astype(np.float64), grades[a:b].astype(int)


def impressions(method):
    """Timed: whole impressions. Checked: what both sides make of given weights, lists and clicks."""

    def work(arrays, sizes):
        queries = list(queries_of(arrays["features"], arrays["grades"], arrays["first"]))
        rng = np.random.RandomState(1)
        learner = LEARNERS[method](arrays["features"].shape[1], rng)
        arrivals = np.random.RandomState(2)
        user = USERS["navigational"]
        discount = 1 / np.log2(np.arange(K) + 2)
        gains = [2.0 ** grades - 1 for _, grades in queries]
        ideal = [(np.sort(gain)[::-1][:K] * discount[: len(gain)]).sum() for gain in gains]

        def run():
            online = 0.0
            for _ in range(int(sizes["impressions"])):
                q = arrivals.randint(len(queries))
                shown = learner.serve(*queries[q], user)
                if ideal[q] > 0:
                    online += (gains[q][shown] * discount[: len(shown)]).sum() / ideal[q]
            return online

        def check():
            w = arrays["w"].astype(np.float64)
            for (x, _), clicked in zip(queries, arrays["clicked"].astype(bool)):
                scores = x @ w
                shown = np.argsort(-scores, kind="stable")[:K]
                yield from shown
                if isinstance(learner, Pdgd):
                    gradient = learner.gradient(scores, shown, clicked[: len(shown)])
                    moved = w if gradient is None else w + RATE * (gradient @ x[shown])
                else:
                    moved = move_to_winners(w, arrays["directions"].astype(np.float64), np.array([0, 2]), GAMMA)
                yield from moved[:8]

        return run, check

    return work


def study():
    """python3 oltr_peer.py FOLDER FIRST-LAST IMPRESSIONS METHOD USER …: held-out nDCG@10 of runs, one a line."""
    import sys

    folder, seeds, total, method, users = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:]
    first, last = (int(seed) for seed in seeds.split("-"))

    def load(name):
        with open(f"{folder}/{name}.query") as file:
            counts = [int(line) for line in file]
        with open(f"{folder}/{name}") as file:
            rows = [line.split() for line in file]
        features = np.zeros((len(rows), 301))
        for row, cells in enumerate(rows):
            for cell in cells[1:]:
                column, value = cell.split(":")
                features[row, int(column)] = float(value)
        first = np.concatenate([[0], np.cumsum(counts)])
        for a, b in zip(first[:-1], first[1:]):
            low, high = features[a:b].min(axis=0), features[a:b].max(axis=0)
            spread = np.where(high > low, high - low, 1)
            features[a:b] = np.where(high > low, (features[a:b] - low) / spread, 0)
        return list(queries_of(features, np.array([int(cells[0]) for cells in rows]), first))

    train, test = load("rank.train"), load("rank.test")
    discount = 1 / np.log2(np.arange(K) + 2)

    def ndcg(w):
        values = []
        for x, grades in test:
            gain = 2.0 ** grades - 1
            ideal = (np.sort(gain)[::-1][:K] * discount[: len(gain)]).sum()
            if ideal > 0:
                order = np.argsort(-(x @ w), kind="stable")[:K]
                values.append((gain[order] * discount[: len(order)]).sum() / ideal)
        return np.mean(values)

    for user in users:
        for seed in range(first, last + 1):
            rng = np.random.RandomState(seed)
            learner = LEARNERS[method](301, rng)
            for _ in range(total):
                learner.serve(*train[rng.randint(len(train))], USERS[user])
            protocol.answer({"user": user, "seed": seed, "ndcg": float(ndcg(learner.w))})


if __name__ == "__main__":
    import sys

    if len(sys.argv) > 1:
        study()
    else:
        protocol.serve(
            np,
            {"numpy": np.__version__},
            {method: impressions(method) for method in LEARNERS},
        )
