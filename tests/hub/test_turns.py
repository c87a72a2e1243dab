"""Who waits for whom in a crowd."""

import asyncio
from contextlib import ExitStack

from inspector_app.hub.turns import CROWD, Turns


def test_a_photo_waits_for_a_crowd_of_texts_and_goes_when_it_is_gone() -> None:
    async def play() -> list[str]:
        turns, order = Turns(settled_s=0.0), list[str]()

        async def photo() -> None:
            await turns.photo()
            order.append("photo")

        with ExitStack() as texts:
            for _ in range(CROWD):
                texts.enter_context(turns.text())
            waiting = asyncio.create_task(photo())
            for _ in range(10):
                await asyncio.sleep(0)
            order.append("texts")
        await waiting
        await photo()
        return order

    assert asyncio.run(play()) == ["texts", "photo", "photo"]


def test_one_text_keeps_no_photo_waiting_and_patience_ends() -> None:
    async def play() -> None:
        turns = Turns(patience_s=0.0)
        with turns.text():
            await turns.photo()
        with ExitStack() as texts:
            for _ in range(CROWD):
                texts.enter_context(turns.text())
            await turns.photo()

    asyncio.run(play())
