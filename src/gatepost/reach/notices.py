"""The notices that `reach` itself can send."""

from gatepost.reach.kinds import NoticeKind, register

code = register(
    NoticeKind(
        name="reach.code",
        facts=frozenset(),
        template="reach/notices/code",
        why="A short code that opens a page for one adult in the browser they hold.",
        mints_code=True,
    )
)
