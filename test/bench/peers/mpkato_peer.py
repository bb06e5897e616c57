"""github.com/mpkato/interleaving, where this interpreter can import it; its draws are its own."""
import json
import platform

import protocol
from interleaving_peer_lists import cases, read_lists

try:
    import interleaving
    from interleaving.ranking import TeamRanking

    team_draft = interleaving.TeamDraft
except (ImportError, AttributeError) as error:
    # the package index has another project of that name
    print(json.dumps({"missing": f"mpkato/interleaving can not be imported ({error})"}), flush=True)
    raise SystemExit(0)


def drawn(row, teams):
    """A list of ours as the library would have made it."""
    ranking = TeamRanking(range(2), row)
    for item, team in zip(row, teams):
        ranking.teams[team].add(item)
    return ranking


def sign(result):
    return 1 if (0, 1) in result else -1 if (1, 0) in result else 0


def team_draft_work(arrays, _sizes):
    impressions = cases(arrays)
    shown = [[int(x) for x in row] for row in arrays["shown"]]
    teams = [[int(x) for x in row] for row in arrays["teams"]]

    def one(case):
        a, b, _, clicks = case
        ranking = team_draft([a, b]).interleave()
        return team_draft.evaluate(ranking, clicks)

    def check():
        for (_, _, _, clicks), row, owners in zip(impressions, shown, teams):
            yield sign(team_draft.evaluate(drawn(row, owners), clicks))

    return (lambda: [one(case) for case in impressions]), check


protocol.serve(
    None,
    {"python": platform.python_version(), "interleaving": "mpkato"},
    {"team draft, fresh": team_draft_work},
    read_lists,
)
