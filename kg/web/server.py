"""``kg serve``: the pages and the JSON API of one graph over HTTP, for reading only."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as HTTPError
from starlette.middleware.trustedhost import TrustedHostMiddleware

from kg import exports
from kg.errors import KGError
from kg.querying import saved
from kg.table import can_write
from kg.web import addresses, api, charts, overview, questions, report_files, tables
from kg.web.index import Index
from kg.web.pages import DOWNLOADS, Pages
from kg.web.render import POLICY, quoted
from kg.web.site import static_files

LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names by which this machine calls itself."""
_FORMATS: Final = {"csv": "csv", "json": "json", "md": "markdown", "tex": "latex", "parquet": "parquet"}
"""Tables as files: the format of each suffix."""
_READ: Final[dict[str, Any]] = {"methods": ["GET", "HEAD"], "include_in_schema": False}
"""What every page answers; pages are no part of the API."""
_MEDIA: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_OWN_POLICY: Final = "frame-ancestors 'self'"
"""For pages that bring a policy of their own: the picture and the report, whose scripts and styles are inside."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(index: Index, hosts: tuple[str, ...] = LOCAL) -> FastAPI:
    """The application over an open graph. It answers requests that name one of ``hosts``, so that no page of the web
    reaches it by a name of its own that leads to this machine; ``*`` allows all.
    """
    app = FastAPI(
        title="abstractkg",
        version=version("abstractkg"),
        description=api.DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere; api.html is ours
        redoc_url=None,
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.middleware("http")(_add_headers)
    pages = Pages(index, live=True)
    app.include_router(api.router(index))
    _add_forms(app, pages)
    _add_files(app, pages)
    _add_pages(app, pages)
    _add_errors(app, pages)
    return app


async def _add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(_HEADERS)
    if "content-security-policy" not in response.headers:
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'self'"
    return response


def _add_forms(app: FastAPI, pages: Pages) -> None:
    """Pages that answer what a reader types."""
    index, renderer = pages.index, pages.renderer

    @app.api_route("/search.html", **_READ)
    def search(q: str = "") -> HTMLResponse:
        hits = overview.search(index, q)
        return HTMLResponse(renderer.page("search.html", "search.html", query=q, hits=hits))

    @app.api_route("/ask.html", **_READ)
    def ask(q: str = "") -> HTMLResponse:
        data: dict[str, Any] = {
            "words": q,
            "answer": None,
            "problem": "",
            "shown": None,
            "chart": None,
            "example": pages.example(),
        }
        if q.strip():
            try:
                answer, rows = questions.ask_for_rows(index, q)
            except KGError as error:
                data["problem"] = str(error)
            else:
                chart = charts.of_table(index, rows, answer.asked.title)
                data |= {"answer": answer, "shown": tables.shown(index, rows), "chart": chart}
        return HTMLResponse(renderer.page("ask.html", "ask.html", **data))

    @app.api_route("/question/{name}.html", **_READ)
    def question(request: Request, name: str) -> HTMLResponse:
        known = {addresses.slug(query): query for query in saved.load_all()}
        if name not in known:
            raise HTTPException(404, f"no saved question is called {name!r}")
        given = dict(request.query_params)
        suffixes = [suffix for suffix, form in _FORMATS.items() if can_write(form)]
        files = tuple((suffix, f"{name}.{suffix}?{urlencode(given)}") for suffix in suffixes)
        return HTMLResponse(pages.question(known[name], given, addresses.of_question(known[name]), files))

    @app.api_route("/report.html", **_READ)
    def report(topic: str) -> HTMLResponse:
        html = report_files.as_html(index, api.find(index, topic))
        return HTMLResponse(html, headers={"Content-Security-Policy": _OWN_POLICY})

    @app.api_route("/report.md", **_READ)
    def report_markdown(topic: str) -> PlainTextResponse:
        return PlainTextResponse(report_files.as_markdown(index, api.find(index, topic)))

    @app.api_route("/picture.html", **_READ)
    def picture(about: str = "") -> HTMLResponse:
        node_id = api.find(index, about) if about else ""
        return HTMLResponse(pages.framed(node_id, index.concept(node_id).name if about else ""))

    @app.api_route("/drawing.html", **_READ)
    def drawing(about: str = "") -> HTMLResponse:
        try:
            html = pages.around(api.find(index, about)) if about else pages.get("drawing.html")
            return HTMLResponse(html, headers={"Content-Security-Policy": _OWN_POLICY})
        except KGError as error:
            raise HTTPException(404, str(error)) from error


def _add_files(app: FastAPI, pages: Pages) -> None:
    """Downloads, and the files that pages load."""
    static = dict(static_files())

    @app.api_route("/static/{name}", **_READ)
    def static_file(name: str) -> Response:
        if name not in static:
            raise HTTPException(404, "no such file")
        return Response(static[name], media_type=_MEDIA[Path(name).suffix], headers={"Cache-Control": "max-age=600"})

    @app.api_route("/question/{name}.{suffix}", **_READ)
    def table(request: Request, name: str, suffix: str) -> Response:
        if suffix not in _FORMATS:
            raise HTTPException(404, f"no such format; there are {', '.join(_FORMATS)}")
        return _attached(api.as_file(pages.index, name, _FORMATS[suffix], request.query_params), f"{name}.{suffix}")

    @app.api_route("/download/{name}", **_READ)
    def download(name: str) -> Response:
        if name not in DOWNLOADS:
            raise HTTPException(404, f"no such file; there are {', '.join(DOWNLOADS)}")
        with tempfile.TemporaryDirectory() as folder:
            exports.export(pages.index.graph, Path(folder) / name)
            content = (Path(folder) / name).read_bytes()
        return _attached(Response(content, media_type="application/octet-stream"), name)


def _attached(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name)}"
    return response


def _add_pages(app: FastAPI, pages: Pages) -> None:
    @app.api_route("/healthz", **_READ)
    def alive() -> JSONResponse:
        """For what watches a server: it answers, so the graph is read."""
        return JSONResponse({"status": "ok"})

    @app.api_route("/api.html", **_READ)
    def api_page() -> HTMLResponse:
        data = {"api": app.openapi(), "examples": _examples(pages.index)}
        return HTMLResponse(pages.renderer.page("api.html", "api.html", **data))

    @app.api_route("/{address:path}", **_READ)
    def page(address: str) -> HTMLResponse:
        html = pages.get(address or "index.html")
        if html is None:
            raise HTTPException(404, "There is no such page.")
        return HTMLResponse(html)


def _examples(index: Index) -> dict[str, str]:
    """A call of each path that this graph answers."""
    found = {f"/api/{name}": f"api/{name}" for name in ("overview", "leaderboards", "questions")}
    found["/api/questions/{name}"] = "api/questions/popular?limit=5"
    names = {"/api/concepts/{name}": "Method", "/api/papers/{name}": "Paper", "/api/leaderboards/{dataset}": "Dataset"}
    for path, kind in names.items():
        if nodes := index.of_kind(kind):
            found[path] = path[1:].partition("{")[0] + quoted(nodes[0].id)
    if tasks := index.of_kind("Task"):
        name = quoted(index.concept(tasks[0].id).name)
        found |= {"/api/search": f"api/search?q={name}", "/api/report": f"api/report?topic={name}"}
        found["/api/ask"] = f"api/ask?q={quoted('which methods are used for ')}{name}"
    return found


def _add_errors(app: FastAPI, pages: Pages) -> None:
    """Errors as a page, and as JSON below ``/api/``."""

    @app.exception_handler(HTTPError)
    async def failed(request: Request, error: HTTPError) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)
        return await _error_page(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return JSONResponse({"detail": "; ".join(map(_said, error.errors()))}, 422)

    async def _error_page(request: Request, status: int, detail: str) -> Response:
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("This graph is for reading only: it answers GET.\n", status)
        address = request.url.path.removeprefix("/")
        heading = "Not found" if status == 404 else "That cannot be answered"
        data = {"heading": heading, "problem": detail}
        return HTMLResponse(await run_in_threadpool(pages.renderer.page, "error.html", address, **data), status)


def _said(problem: Mapping[str, Any]) -> str:
    """What is wrong with a parameter: where it is (query or path), its name, and a place in it if it is a list."""
    return f"{problem['loc'][1]}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; `KGError` where the port is taken or the address is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise KGError(f"cannot listen on {host} port {port} ({error.strerror}); choose another with --port") from error


def run(index: Index, listening: socket.socket, ready: Callable[[str], object]) -> None:
    """Answer requests until the program is interrupted; ``ready`` is called with the address of the first page.

    What the first question in plain words would wait for is read meanwhile.
    """
    import uvicorn

    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    local = (*LOCAL, shown) if host in ("127.0.0.1", "::1") else ("*",)
    config = uvicorn.Config(create_app(index, local), log_level="warning", access_log=False, server_header=False)
    threading.Thread(target=index.names, daemon=True).start()
    ready(f"http://{shown}:{port}/")
    with suppress(KeyboardInterrupt):  # which is how a server is stopped
        uvicorn.Server(config).run(sockets=[listening])
