"""The composition root of the hub: opens what it needs and hangs the routes behind one door."""

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from inspector_app.domain.clock import Clock, system_clock
from inspector_app.domain.errors import UserError
from inspector_app.hub import health, pictures, records, signing, snapshots, tokens, vouching
from inspector_app.hub.access import RULES, Member, Who
from inspector_app.hub.calls import Call, Hub, Reply
from inspector_app.hub.database import open_database
from inspector_app.hub.doors import FrontDoor
from inspector_app.hub.failures import Failures
from inspector_app.hub.highwater import HighWater
from inspector_app.hub.home import open_home
from inspector_app.hub.places import open_blobs
from inspector_app.hub.problems import refused
from inspector_app.hub.quota import Quota
from inspector_app.hub.settings import HubSettings
from inspector_app.hub.turns import Turns
from inspector_app.sync import wire

Act = Callable[[Hub, Call], Reply]
_access = logging.getLogger("inspector_app.hub.access")


@dataclass(frozen=True)
class Door:
    """One route: method, path and what happens behind it; who may knock stands in `access.RULES`."""

    method: str
    path: str
    act: Act

    @property
    def who(self) -> Who:
        """Raises KeyError for a route without a rule, so such an app cannot be built."""
        return RULES[f"{self.method} {self.path}"]

    @property
    def is_photo(self) -> bool:
        """Bytes of photos: other threads, and no text waits for them."""
        return self.path.startswith("/v1/blobs/{")


DOORS = (
    Door("GET", "/v1/hello", signing.hello),
    Door("POST", "/v1/enroll", signing.enroll),
    Door("POST", "/v1/token", signing.token),
    Door("POST", "/v1/rotate", signing.rotate),
    Door("POST", "/v1/push", records.push),
    Door("POST", "/v1/pull", records.pull),
    Door("POST", "/v1/have", records.have),
    Door("POST", "/v1/keys", records.keys),
    Door("POST", "/v1/quarantine", records.quarantine_raw),
    Door("POST", "/v1/blobs/missing", pictures.missing),
    Door("PUT", "/v1/blobs/{sha}/{number}", pictures.put_chunk),
    Door("GET", "/v1/blobs/{sha}", pictures.get_blob),
    Door("GET", "/v1/blobs/{sha}/thumb", pictures.get_thumb),
    Door("GET", "/v1/scopes/{scope}/snapshot", snapshots.get),
    Door("GET", "/v1/entities/{id}", records.entity),
    Door("POST", "/v1/move", records.move),
    Door("GET", "/v", vouching.ask),
    Door("GET", "/v/{code}", vouching.look),
    Door("GET", "/healthz", health.live),
    Door("GET", "/healthz/ready", health.ready),
)


def build(settings: HubSettings, *, clock: Clock = system_clock) -> Starlette:
    """The hub as an ASGI application; `app.state.hub` holds what it opened. Raises UserError or WorldError."""
    blobs = open_blobs(settings)
    database = open_database(settings)
    mark = HighWater(blobs, database, clock)
    mark.check()
    home = open_home(database, settings)
    desk, quota = tokens.Desk(home, database, clock), Quota(clock, settings.day_bytes)
    hub = Hub(desk, blobs, Failures(clock), quota, mark, pictures.noting(database), speaks=settings.speaks)
    mark.note(at_once=True)

    async def stray(_: Request, error: Exception) -> Response:
        wrong_method = isinstance(error, HTTPException) and error.status_code == 405
        key = "no_method" if wrong_method else "no_route"
        return _response(refused(UserError(key, "There is nothing here."), home))

    # photos get a few threads of their own: the text of four hundred laptops never queues behind them
    texts, photos, turns = CapacityLimiter(TEXT_THREADS), CapacityLimiter(PHOTO_THREADS), Turns()

    def endpoint(door: Door) -> Callable[[Request], object]:
        return _endpoint(hub, door, photos if door.is_photo else texts, turns)

    app = Starlette(
        routes=[Route(door.path, endpoint(door), methods=[door.method], name=door.path) for door in DOORS],
        middleware=[Middleware(FrontDoor, home=home, max_body=wire.MAX_BODY)],
        exception_handlers={HTTPException: stray},
    )
    app.router.redirect_slashes = False
    app.state.hub = hub
    return app


TEXT_THREADS, PHOTO_THREADS = 14, 6
"""Together as many as a process may have connections (`database.POOL` twice): no request waits for one in vain."""


def _endpoint(hub: Hub, door: Door, limiter: CapacityLimiter, turns: Turns) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await request.body()  # whole and bounded, before any lock is taken
        except ClientDisconnect:
            return Response(status_code=400)
        if door.is_photo and door.method == "PUT":
            await turns.photo()
        began = time.perf_counter()
        with nullcontext() if door.is_photo else turns.text():
            reply = await to_thread.run_sync(_act, hub, door, request, body, limiter=limiter)
        # the route's pattern, never the path: no id of a record or photo, no address, no name
        took = (time.perf_counter() - began) * 1000
        _access.info("%s %s %d %d bytes %.0f ms", door.method, door.path, reply.status, len(body), took)
        return _response(reply)

    return endpoint


def _act(hub: Hub, door: Door, request: Request, body: bytes) -> Reply:
    try:
        if not all(_is_clean(text) for text in request.path_params.values()):
            raise UserError("missing", "There is nothing here.")
        _check_version(hub, door, request)
        member = _member(hub, request) if door.who is Who.DEVICE else None
        if member is not None:
            hub.quota.take(member.device, len(body), photo=door.method == "PUT")
        address = request.client.host if request.client else ""
        call = Call(member, request.path_params, request.query_params, request.headers, body, address)
        return door.act(hub, call)
    except Exception as error:  # the hub's one edge: everything becomes a code here
        return refused(error, hub.desk.home)


_ANY_VERSION = ("/v1/hello", "/healthz", "/healthz/ready")


def _check_version(hub: Hub, door: Door, request: Request) -> None:
    """Raises UserError `protocol` (426) for a version this hub does not speak; its hello answers in every version."""
    spoken = request.headers.get(wire.SPEAKS, "1")
    if door.path not in _ANY_VERSION and spoken not in map(str, hub.speaks):
        raise UserError("protocol", "This hub does not speak that version of the protocol.")


def _is_clean(text: str) -> bool:
    """No database stores U+0000 or half of a surrogate pair, so nothing is named by one."""
    return "\0" not in text and text.isprintable()


def _member(hub: Hub, request: Request) -> Member:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        raise UserError("unauthorized", "Sign in first.")
    return tokens.member_of(hub.desk, secret)


def _response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if isinstance(reply.body, bytes):
        return Response(reply.body, reply.status, headers, reply.media)
    return StreamingResponse(reply.body, reply.status, headers, reply.media)
