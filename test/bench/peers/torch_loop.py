"""The whole DRN + DBGD loop in PyTorch and numpy: what test/bench/rows/loop.ts times on our side.

Vectorised over the users of a call wherever that is natural; per user remain the pool, the merge of
two lists and a few clicks. `sizes` and the arrays are described in loop.ts.
"""
import math
import os
import sqlite3
import tempfile

import numpy
import torch

GRADE_GAIN = numpy.array([0.0, 1.0, 3.0, 7.0, 15.0])


class Network:
    """Dueling Q: V from the state, A from state and item; item sides are kept per weight version."""

    def __init__(self, parameters, dot):
        self.p = parameters
        self.dot = dot
        self.side = None

    def copy(self):
        return Network([p.detach().clone().requires_grad_(True) for p in self.p], self.dot)

    def value(self, s):
        return torch.addmm(self.p[3], torch.relu(torch.addmm(self.p[1], s, self.p[0])), self.p[2])

    def q(self, s, x):
        p = self.p
        if self.dot:
            tower = torch.addmm(p[5], s, p[4]) * torch.addmm(p[7], x, p[6])
            return self.value(s) + tower.sum(1, keepdim=True)
        hidden = torch.relu(torch.addmm(p[5], torch.cat([s, x], 1), p[4]))
        return self.value(s) + torch.addmm(p[7], hidden, p[6])

    def item_side(self, items):
        if self.side is None:
            p = self.p
            width = p[4].shape[0] - items.shape[1]
            self.side = torch.addmm(p[7], items, p[6]) if self.dot else torch.addmm(p[5], items, p[4][width:])
        return self.side

    @torch.no_grad()
    def scores(self, s, items, pools):
        """[R, P]: for a dot head one product with the catalogue, else user by user within the cache."""
        side = self.item_side(items)
        if self.dot:
            return torch.gather(torch.addmm(self.p[5], s, self.p[4]) @ side.T, 1, pools)
        u = s @ self.p[4][: s.shape[1]]
        out = torch.empty(pools.shape)
        for r in range(len(u)):
            out[r] = (torch.relu_(side[pools[r]].add_(u[r])) @ self.p[6])[:, 0]
        return out + self.p[7]


class Loop:
    def __init__(self, arrays, sizes):
        z = self.z = {name: int(value) for name, value in sizes.items()}
        self.alpha, self.eta, self.gamma = sizes["alpha"], sizes["eta"], sizes["gamma"]
        self.rng = numpy.random.default_rng(7)
        self.user_features = arrays["userFeatures"]
        self.item_features = arrays["itemFeatures"]
        self.items = torch.from_numpy(self.item_features)
        self.grades = arrays["grades"].astype(numpy.int8)
        self.attraction = arrays["attractionByGrade"][self.grades]
        self.open = arrays["history"] == 0
        self.popularity, self.static = arrays["popularity"], arrays["staticValue"]
        self.schedule = arrays["schedule"].astype(numpy.int64)
        self.theta = arrays["theta"].astype(numpy.float64)
        self.discount = 1 / numpy.log2(numpy.arange(z["list"]) + 2)
        self.weight = 1 / (numpy.arange(z["list"]) + 1.0) ** 3
        parameters = [torch.from_numpy(arrays[f"p{i}"].copy()) for i in range(8)]
        dot = bool(z["dot"])
        self.q = Network(parameters, dot).copy()
        self.untrained = Network(parameters, dot)
        self.target = self.q.copy()
        self.explore = None
        self.optimizer = torch.optim.Adam(self.q.p, lr=0.003, eps=1e-7)
        users, capacity = len(self.user_features), z["capacity"]
        self.visits = numpy.zeros(users)
        self.clicks = numpy.zeros(users)
        self.feedback = numpy.zeros((users, z["rank"]), numpy.float32)
        self.last = numpy.full(users, -1)
        self.votes = numpy.zeros((users, 4))
        self.arms = numpy.zeros(9)
        self.prepare_ridge(arrays)
        self.quality = numpy.zeros(2)
        self.impression = numpy.full(capacity, -1)
        self.next = numpy.full(capacity, -1)
        width = self.user_features.shape[1] + z["rank"] + 2
        self.r_state = numpy.zeros((capacity, width), numpy.float32)
        self.r_pool = numpy.zeros((capacity, z["pool"]), numpy.int32)
        self.r_item = numpy.zeros((capacity, z["list"]), numpy.int32)
        self.r_reward = numpy.zeros((capacity, z["list"]), numpy.float32)
        self.at = self.duel = self.steps = 0
        self.credit = [0, 0, 0]
        self.total_clicks = self.total_common = 0
        self.folder = tempfile.TemporaryDirectory(prefix="duelist-peer-")
        self.db = sqlite3.connect(os.path.join(self.folder.name, "peer.db"))
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute(
            "CREATE TABLE impression (id INTEGER PRIMARY KEY, user, outcome, vote, shown, team, clicked, a, b)"
        )
        self.db.execute("CREATE TABLE point (id INTEGER PRIMARY KEY, clicks, ndcg, arms)")
        self.rows = []

    def prepare_ridge(self, arrays):
        """Greedy matrix factorisation: a ridge regression of clicks per user, as core/run/greedyMf.ts has it."""
        self.factors = arrays["factors"].astype(numpy.float64)
        seen = numpy.maximum(arrays["history"].sum(1), 1)[:, None]
        means = self.theta.mean() * arrays["userFactors"] / seen
        rank = self.factors.shape[1]
        precision = 0.15 * numpy.linalg.inv(numpy.cov(means.T) + 1e-3 * numpy.eye(rank))
        self.ridge_a = numpy.repeat(precision[None], len(means), 0)
        self.ridge_b = means @ precision

    def batch(self):
        """Serves as many impressions as our side puts into a batch, and stores them."""
        end = self.at + self.z["batch"]
        while self.at < end:
            self.serve(min(end, self.at + self.z["duel"] - self.credit[2]))
        self.db.executemany("INSERT INTO impression VALUES (?,?,?,?,?,?,?,?,?)", self.rows)
        self.db.execute(
            "INSERT INTO point VALUES (?,?,?,?)", (self.at, self.total_clicks, self.quality[0], self.arms.tobytes())
        )
        self.db.commit()
        self.rows = []

    def serve(self, end):
        schedule, z = self.schedule, self.z
        users = []
        while len(users) < 64 and self.at + len(users) < end:
            user = int(schedule[(self.at + len(users)) % len(schedule)])
            if user in users:
                break
            users.append(user)
        if self.explore is None:
            self.perturb()
        u = numpy.array(users)
        rows = numpy.arange(len(u))[:, None]
        visits = self.visits[u]
        state = numpy.concatenate(
            [
                self.user_features[u],
                self.feedback[u] / numpy.sqrt(1 + visits)[:, None],
                (self.clicks[u] / (1 + visits))[:, None],
                numpy.log1p(visits)[:, None],
            ],
            1,
        ).astype(numpy.float32)
        pools = numpy.stack(
            [self.rng.choice(numpy.flatnonzero(self.open[user]), z["pool"], replace=False) for user in users]
        )
        torch_pools, torch_state = torch.from_numpy(pools), torch.from_numpy(state)
        k = z["list"]
        grades = self.grades[u[:, None], pools]
        tops = [
            torch.topk(net.scores(torch_state, self.items, torch_pools), k)[1].numpy()
            for net in (self.q, self.explore, self.untrained)
        ]
        for values in (self.popularity[pools], self.static[pools], grades.astype(numpy.float32)):
            tops.append(torch.topk(torch.from_numpy(values), k)[1].numpy())
        tops.append(numpy.broadcast_to(numpy.arange(k), (len(u), k)))
        ridge = numpy.linalg.solve(self.ridge_a[u], self.ridge_b[u][..., None])[..., 0] @ self.factors.T
        tops.append(torch.topk(torch.from_numpy(numpy.take_along_axis(ridge, pools, 1)), k)[1].numpy())
        lists = [pools[rows, top] for top in tops]
        for arm, items in enumerate(lists):
            self.arms[arm] += (self.attraction[u[:, None], items] * self.theta).sum()
        a, b = lists[0], lists[1]
        shown, teams = self.interleave(a, b)
        appeal = self.attraction[u[:, None], shown] * self.theta
        self.arms[8] += appeal.sum()
        clicked = self.rng.random(shown.shape) < appeal
        self.relevance(grades, tops[0], rows)
        self.record(u, state, pools, a, b, shown, teams, clicked)
        if self.credit[2] == z["duel"]:
            self.close_duel()

    def interleave(self, a, b):
        """Soft-max draws without replacement are races of exponential clocks, whoever takes an item away."""
        order_a = numpy.take_along_axis(a, numpy.argsort(self.rng.exponential(size=a.shape) / self.weight, 1), 1)
        order_b = numpy.take_along_axis(b, numpy.argsort(self.rng.exponential(size=b.shape) / self.weight, 1), 1)
        teams = self.rng.integers(0, 2, a.shape)
        shown = []
        for left, right, coins in zip(order_a.tolist(), order_b.tolist(), teams.tolist()):
            taken, row, sides, nexts = set(), [], (left, right), [0, 0]
            for team in coins:
                side, i = sides[team], nexts[team]
                while side[i] in taken:
                    i += 1
                nexts[team] = i + 1
                taken.add(side[i])
                row.append(side[i])
            shown.append(row)
        return numpy.array(shown), teams

    def relevance(self, grades, top, rows):
        best = -numpy.sort(-grades, 1)[:, : self.z["list"]]
        ideal = (GRADE_GAIN[best] * self.discount).sum(1)
        reached = grades[rows, top]
        self.quality[0] += ((GRADE_GAIN[reached] * self.discount).sum(1) / numpy.maximum(ideal, 1e-9)).sum()
        self.quality[1] += (reached >= 3).mean(1).sum()

    def shares(self, a, b, shown):
        """P(A drew the item | list), per slot: shares of what was left of both soft-max laws."""
        parts = []
        for side in (a, b):
            weight = ((shown[:, :, None] == side[:, None, :]) * self.weight).sum(2)
            left = self.weight.sum() - numpy.cumsum(weight, 1) + weight
            parts.append(weight / numpy.maximum(left, 1e-300))
        return parts[0] / (parts[0] + parts[1])

    def vote(self, ups):
        """P(A has more clicks) - P(B has more), by the law of the difference."""
        law = {0: 1.0}
        for up in ups:
            after = {}
            for d, p in law.items():
                after[d + 1] = after.get(d + 1, 0) + p * up
                after[d - 1] = after.get(d - 1, 0) + p * (1 - up)
            law = after
        return sum(math.copysign(p, d) for d, p in law.items() if d)

    def record(self, u, state, pools, a, b, shown, teams, clicked):
        z, n = self.z, len(u)
        shares = self.shares(a, b, shown)
        differ = (a != b).any(1)
        self.total_common += (a[:, :, None] == b[:, None, :]).sum()
        self.total_clicks += clicked.sum()
        self.credit[0] += (clicked & (teams == 0)).sum()
        self.credit[1] += (clicked & (teams == 1)).sum()
        self.credit[2] += n
        index = numpy.arange(self.at, self.at + n)
        place = index % z["capacity"]
        self.impression[place], self.next[place] = index, -1
        self.r_state[place], self.r_pool[place] = state, pools
        self.r_item[place], self.r_reward[place] = shown, clicked
        previous = self.last[u]
        known = previous >= 0
        known[known] = self.impression[previous[known] % z["capacity"]] == previous[known]
        self.next[previous[known] % z["capacity"]] = index[known]
        self.last[u] = index
        self.visits[u] += 1
        vectors = self.factors[shown]
        self.ridge_a[u] += vectors.transpose(0, 2, 1) @ vectors
        usual = self.total_clicks / (self.at + n) / z["list"]
        self.ridge_b[u] += ((clicked - usual)[..., None] * vectors).sum(1)
        small = [array.astype(numpy.int32) for array in (shown, a, b)]
        team_bytes, click_bytes = teams.astype(numpy.int8), clicked.astype(numpy.uint8)
        for row in range(n):
            user = u[row]
            hits = numpy.flatnonzero(clicked[row])
            vote, outcome = 0.0, 3
            if len(hits):
                items = shown[row, hits]
                self.clicks[user] += len(hits)
                self.feedback[user] += self.item_features[items, : z["rank"]].sum(0)
                self.open[user, items] = False
                vote = self.vote(shares[row, hits].tolist()) if differ[row] else 0.0
                outcome = 0 if vote > 1e-12 else 1 if vote < -1e-12 else 2
            self.votes[user, outcome] += 1
            self.rows.append(
                (
                    self.at + row, int(user), outcome, 0.5 + 0.5 * vote,
                    small[0][row].tobytes(), team_bytes[row].tobytes(), click_bytes[row].tobytes(),
                    small[1][row].tobytes(), small[2][row].tobytes(),
                )
            )
        self.at += n

    @torch.no_grad()
    def perturb(self):
        self.explore = self.q.copy()
        for p in self.explore.p:
            p += self.alpha * (2 * torch.rand(p.shape) - 1) * p

    @torch.no_grad()
    def close_duel(self):
        if self.credit[1] > self.credit[0]:
            for p, e in zip(self.q.p, self.explore.p):
                p += self.eta * (e - p)
        self.q.side, self.explore = None, None
        self.credit = [0, 0, 0]
        self.duel += 1
        if self.duel % self.z["duelsPerStep"] == 0 and (self.next >= 0).any():
            self.train()

    @torch.enable_grad()
    def train(self):
        n = self.z["train"]
        place = self.rng.choice(numpy.flatnonzero(self.next >= 0), n)
        slot = self.rng.integers(0, self.z["list"], n)
        after = self.next[place] % self.z["capacity"]
        state, next_state = torch.from_numpy(self.r_state[place]), torch.from_numpy(self.r_state[after])
        pools = torch.from_numpy(self.r_pool[after].astype(numpy.int64))
        item = self.items[torch.from_numpy(self.r_item[place, slot].astype(numpy.int64))]
        reward = torch.from_numpy(self.r_reward[place, slot])[:, None]
        with torch.no_grad():
            best = self.q.scores(next_state, self.items, pools).argmax(1, keepdim=True)
            chosen = self.items[pools.gather(1, best)[:, 0]]
            y = reward + self.gamma * self.target.q(next_state, chosen)
        self.optimizer.zero_grad(set_to_none=True)
        loss = ((self.q.q(state, item) - y) ** 2).mean()
        loss.backward()
        self.optimizer.step()
        self.q.side = None
        self.steps += 1
        if self.steps % self.z["targetCopyEvery"] == 0:
            self.target = self.q.copy()
        return loss.item()



def check(kind, arrays, sizes):
    """Clicks and the share of common items per list. Without learning: its paths part by chance."""
    loop = kind(arrays, {**sizes, "eta": 0, "duelsPerStep": 2**31})
    for _ in range(loop.z["checkBatches"]):
        loop.batch()
    return [loop.total_clicks / loop.at, loop.total_common / loop.at / loop.z["list"]]


def whole_loop(arrays, sizes, kind=Loop):
    torch.manual_seed(7)
    loop = kind(arrays, sizes)
    return loop.batch, lambda: check(kind, arrays, sizes)
