"""What the page lets in and out: this machine only, its own address only, its own scripts only."""

from collections.abc import Sequence
from typing import Any

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
MOST_BYTES = 2 << 20  # of a request


def policy(script_hashes: Sequence[str]) -> str:
    """The Content-Security-Policy: nothing from elsewhere, and no script but the page's own."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def guard(server: Any, port: int, script_hashes: Sequence[str]) -> None:
    """Refuses requests under another name (DNS rebinding) and from other pages; adds the headers to every answer."""
    from flask import abort, request

    hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
    origins = {f"http://{host}" for host in hosts}
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    says = policy(script_hashes)

    @server.before_request
    def check() -> None:
        if request.headers.get("Host", "") not in hosts:
            abort(403, "This page is for this machine only.")
        if request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site" and request.path != "/":
            abort(403, "This page answers to itself only.")
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return
        origin = request.headers.get("Origin")
        if (origin is not None and origin not in origins) or not request.is_json:
            abort(403, "This page answers to itself only.")

    @server.after_request
    def add(response: Any) -> Any:
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers["Content-Security-Policy"] = says
        if request.path == "/" or request.path.startswith(("/_dash-layout", "/_dash-update")):
            response.headers["Cache-Control"] = "no-store"
        return response
