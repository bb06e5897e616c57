"""The loop of torch_loop.py as an experiment script is usually written: two networks over a batch of up to
32 requests in PyTorch, then each list, its clicks and its record user by user in Python.

World, weights, schedule, learning and storage are those of torch_loop.py; only the serving differs.
"""
import numpy
import torch

from torch_loop import Loop, whole_loop

BATCH = 32


class ScriptLoop(Loop):
    def serve(self, end):
        users = self.distinct_users(end)
        if self.explore is None:
            self.perturb()
        state = numpy.stack([self.state_of(user) for user in users])
        pools = numpy.stack(
            [self.rng.choice(numpy.flatnonzero(self.open[user]), self.z["pool"], replace=False) for user in users]
        )
        torch_state, torch_pools = torch.from_numpy(state), torch.from_numpy(pools)
        k = self.z["list"]
        ranked = [
            torch.topk(net.scores(torch_state, self.items, torch_pools), k)[1].numpy()
            for net in (self.q, self.explore, self.untrained)
        ]
        for row, user in enumerate(users):
            self.show(user, state[row], pools[row], [top[row] for top in ranked])
        if self.credit[2] == self.z["duel"]:
            self.close_duel()

    def distinct_users(self, end):
        users = []
        while len(users) < BATCH and self.at + len(users) < end:
            user = int(self.schedule[(self.at + len(users)) % len(self.schedule)])
            if user in users:
                break
            users.append(user)
        return users

    def state_of(self, user):
        visits = self.visits[user]
        return numpy.concatenate(
            [
                self.user_features[user],
                self.feedback[user] / numpy.sqrt(1 + visits),
                [self.clicks[user] / (1 + visits), numpy.log1p(visits)],
            ]
        ).astype(numpy.float32)

    def show(self, user, state, pool, tops):
        k = self.z["list"]
        grades = self.grades[user, pool]
        tops = tops + [
            numpy.argsort(-values, kind="stable")[:k]
            for values in (self.popularity[pool], self.static[pool], grades.astype(numpy.float32))
        ] + [numpy.arange(k)]
        ridge = numpy.linalg.solve(self.ridge_a[user], self.ridge_b[user])
        tops.append(numpy.argsort(-(self.factors[pool] @ ridge), kind="stable")[:k])
        for arm, top in enumerate(tops):
            self.arms[arm] += (self.attraction[user, pool[top]] * self.theta).sum()
        a, b = pool[tops[0]], pool[tops[1]]
        shown, teams = self.interleave_one(a.tolist(), b.tolist())
        clicked = numpy.zeros(k, bool)
        for slot, item in enumerate(shown):
            appeal = self.attraction[user, item] * self.theta[slot]
            self.arms[8] += appeal
            clicked[slot] = self.rng.random() < appeal
        rows = numpy.zeros((1, 1), int)
        self.relevance(grades[None], tops[0][None], rows)
        one = lambda array: numpy.asarray(array)[None]  # noqa: E731 - a batch of one impression
        self.record(numpy.array([user]), state[None], pool[None], one(a), one(b), one(shown), one(teams), clicked[None])

    def interleave_one(self, a, b):
        """A fair coin per slot; the side draws one of its items left with probability ~ rank^-3."""
        shown, teams = [], []
        for _ in range(self.z["list"]):
            team = int(self.rng.random() < 0.5)
            side = (a, b)[team]
            left = [r for r, item in enumerate(side) if item not in shown]
            weight = self.weight[left]
            draw = self.rng.random() * weight.sum()
            place = left[min(int(numpy.searchsorted(numpy.cumsum(weight), draw)), len(left) - 1)]
            shown.append(side[place])
            teams.append(team)
        return shown, teams


def script_loop(arrays, sizes):
    return whole_loop(arrays, sizes, ScriptLoop)
