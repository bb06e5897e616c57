"""Interleaving as one would write it in Python from the papers, with the standard library alone."""
import itertools
import platform

import protocol
from interleaving_peer_lists import cases, read_lists


def team_draft(a, b, uniforms):
    draws = iter(uniforms)
    rankings = (a, b)
    picks = [0, 0]
    shown, teams = [], []
    seen = set()
    while len(shown) < min(len(a), len(b)):
        if picks[0] == picks[1]:
            team = int(2 * next(draws))
        else:
            team = 0 if picks[0] < picks[1] else 1
        item = next(item for item in rankings[team] if item not in seen)
        shown.append(item)
        teams.append(team)
        seen.add(item)
        picks[team] += 1
    return shown, teams


def team_draft_outcome(a, b, shown, teams, clicks):
    if not clicks:
        return 0
    if a[: len(shown)] == b[: len(shown)]:
        return 0
    credit = [0, 0]
    for position in clicks:
        credit[teams[position]] += 1
    return (credit[0] > credit[1]) - (credit[0] < credit[1])


def team_draft_work(arrays, _sizes):
    impressions = cases(arrays)

    def one(case):
        a, b, uniforms, clicks = case
        shown, teams = team_draft(a, b, uniforms)
        return shown, team_draft_outcome(a, b, shown, teams, clicks)

    def check():
        for case in impressions:
            shown, outcome = one(case)
            yield from shown
            yield outcome

    return (lambda: [one(case) for case in impressions]), check


def softmax_of(ranking, tau):
    weights = [(rank + 1) ** -tau for rank in range(len(ranking))]
    return dict(zip(ranking, weights))


def probabilistic_sign(a, b, shown, clicks, tau):
    """P(A has more clicks) - P(B has more) over all assignments of slots to rankers, Hofmann et al. 2011."""
    left = (softmax_of(a, tau), softmax_of(b, tau))
    chances = []
    for item in shown:
        chances.append([weights.get(item, 0) / sum(weights.values()) for weights in left])
        for weights in left:
            weights.pop(item, None)
    total = sign = 0.0
    for teams in itertools.product((0, 1), repeat=len(shown)):
        probability = 1.0
        for slot, team in enumerate(teams):
            probability *= chances[slot][team]
        first = sum(1 for position in clicks if teams[position] == 0)
        second = len(clicks) - first
        total += probability
        sign += probability * ((first > second) - (first < second))
    return sign / total


def probabilistic_work(arrays, sizes):
    impressions = cases(arrays)
    shown = [[int(x) for x in row] for row in arrays["shown"]]

    def signs():
        return [
            probabilistic_sign(a, b, items, clicks, sizes["tau"])
            for (a, b, _, clicks), items in zip(impressions, shown)
        ]

    return signs, signs


def pairwise_list(rankings, length, uniforms):
    draws = iter(uniforms)
    shown = []
    for slot in range(length):
        candidates = []
        for rank in range(slot + 1):
            for ranking in rankings:
                item = ranking[rank]
                if item not in candidates and item not in shown:
                    candidates.append(item)
        choice = int(next(draws) * len(candidates)) if len(candidates) > 1 else 0
        shown.append(candidates[choice])
    return shown


def pairwise_credit(rankings, shown, clicks):
    """Oosterhuis & de Rijke, CIKM 2017, with the weights of their eq. 9."""
    ranks = [{item: rank for rank, item in enumerate(ranking)} for ranking in rankings]
    length = len(rankings[0])
    best = {item: min(r.get(item, length) for r in ranks) for item in shown}
    clicked = set(clicks)
    credit = [0.0] * len(rankings)
    for i in clicks:
        for j in range(min(len(shown), i + 2)):
            if j in clicked:
                continue
            above, below = sorted((best[shown[i]], best[shown[j]]))
            if min(i, j) < below:
                continue
            weight = 1.0
            for depth in range(above, below):
                pool = {item for ranking in rankings for item in ranking[: depth + 1]}
                weight *= 1 - 1 / (len(pool) - depth)
            for ranker, rank in enumerate(ranks):
                mine, other = rank.get(shown[i], length), rank.get(shown[j], length)
                credit[ranker] += ((mine < other) - (mine > other)) / weight
    return credit


def pairwise_work(arrays, _sizes):
    impressions = cases(arrays)

    def one(case):
        a, b, uniforms, clicks = case
        shown = pairwise_list((a, b), len(a), uniforms)
        return shown, pairwise_credit((a, b), shown, clicks)

    def check():
        for case in impressions:
            shown, credit = one(case)
            yield from shown
            yield from credit

    return (lambda: [one(case) for case in impressions]), check


protocol.serve(
    None,
    {"python": platform.python_version()},
    {
        "team draft": team_draft_work,
        "probabilistic credit": probabilistic_work,
        "pairwise preference": pairwise_work,
    },
    read_lists,
)
