"""Typst templates of somebody who means no good: packages of the network, files outside, work without end."""

from __future__ import annotations

from tests.attacks.attack import attack
from tests.attacks.ground import Ground

TEMPLATE = "templates/award/urkunde.typ"
CERTIFICATES = ("-e", "certificates")


def _refused(ground: Ground, source: str, *says: str) -> None:
    """Demand that a build refuses a template, and that what was built before stays."""
    ground.build_before()
    ground.put(TEMPLATE, source)
    ground.build(2, "urkunde.typ", *says, more=CERTIFICATES)
    assert len(list(ground.out.glob("urkunden/KS-*.pdf"))) == 13, "what was built before is gone"


@attack("A template imports a package of the network")
def package(ground: Ground) -> None:
    _refused(ground, '#import "@preview/cetz:0.3.4"')


@attack("A template puts the name of a package together", always=True)
def package_put_together(ground: Ground) -> None:
    _refused(ground, '#import ("@" + "preview/cetz:0.3.4"): canvas')


@attack("A template includes a package whose name comes from its data")
def package_of_data(ground: Ground) -> None:
    _refused(ground, '#let name = data.certificates.first().name; #include ("@" + "preview/" + "x:1.0.0"); #name')


@attack("A template reads a package that lies in somebody’s home")
def package_at_home(ground: Ground) -> None:
    folder = ground.home / ".local/share/typst/packages/local/fremd/1.0.0"
    folder.mkdir(parents=True)
    (folder / "typst.toml").write_text('[package]\nname = "fremd"\nversion = "1.0.0"\nentrypoint = "lib.typ"\n')
    (folder / "lib.typ").write_text('#let secret = "GEHEIM-7Q4X"\n')
    ground.keep(ground.home)
    _refused(ground, '#import ("@" + "local/fremd:1.0.0"): secret\n#secret')


@attack("A template reads a file outside by its way up")
def way_up(ground: Ground) -> None:
    _refused(ground, '#read("../../../outside/secret.txt")')


@attack("A template reads a file outside by its whole path")
def whole_path(ground: Ground) -> None:
    _refused(ground, f'#read("{ground.outside}/secret.txt")')


@attack("A template prints a picture that lies outside")
def picture_outside(ground: Ground) -> None:
    _refused(ground, f'#image("{ground.outside}/secret.txt", alt: "x")')


@attack("A template draws an SVG that takes in a picture from an address and a file outside")
def picture_in_svg(ground: Ground) -> None:
    images = (f"{ground.listener.url}/x.png", f"file://{ground.outside}/secret.txt", f"{ground.outside}/secret.txt")
    drawn = "".join(f'<image href=\\"{each}\\" width=\\"9\\" height=\\"9\\"/>' for each in images)
    svg = f'<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\">{drawn}</svg>'
    ground.put(TEMPLATE, f'#image(bytes("{svg}"), format: "svg", alt: "x")')
    ground.run("build", "runde", *CERTIFICATES)


@attack("A template loops for ever")
def endless_loop(ground: Ground) -> None:
    _refused(ground, "#{ let i = 0; while i >= 0 { i = calc.rem(i + 1, 7) } }")


@attack("A template doubles an array for ever")
def doubling_array(ground: Ground) -> None:
    _refused(ground, "#{ let a = (1, 2, 3); while true { a = a + a } }")


@attack("A function of a template calls itself for ever")
def recursion(ground: Ground) -> None:
    _refused(ground, "#let f(n) = f(n + 1)\n#f(0)")


@attack("A template is nested 100,000 deep")
def deep(ground: Ground) -> None:
    _refused(ground, "#" + "[#" * 100_000 + "1" + "]" * 100_000)


@attack("A template opens 200,000 parentheses")
def parentheses(ground: Ground) -> None:
    _refused(ground, "#" + "(" * 200_000)


@attack("A template runs a program of WebAssembly that never ends")
def webassembly(ground: Ground) -> None:
    endless = "0061736d010000000105016000017f030201000707010372756e00000a0b01090003400c000b41000b"
    octets = ", ".join(str(each) for each in bytes.fromhex(endless))
    _refused(ground, f"#let p = plugin(bytes(({octets})))\n#p.run()")


@attack("A template runs code that stands in its data")
def evaluated(ground: Ground) -> None:
    _refused(ground, '#eval("read(\\"../../outside/secret.txt\\")")')


@attack("A state of a template never comes to rest")
def restless(ground: Ground) -> None:
    ground.put(TEMPLATE, '#let s = state("x", 0)\n#context { s.update(s.final() + 1); [#s.final()] }')
    ground.run("build", "runde", *CERTIFICATES)


@attack("A template is no UTF-8")
def no_utf8(ground: Ground) -> None:
    ground.build_before()
    (ground.project / "templates/award").mkdir(parents=True)
    (ground.project / TEMPLATE).write_bytes(b"\xff\xfe\x00#\x00x")
    ground.build(2, "urkunde.typ", more=CERTIFICATES)
