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


@attack("An SVG of a template laughs a thousand million times")
def laughing_svg(ground: Ground) -> None:
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(10))
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&l9;</text></svg>"
    svg = f"<!DOCTYPE svg [{entities}]>{drawn}"
    ground.put(TEMPLATE, f'#image(bytes("{svg}"), format: "svg", alt: "x")')
    ground.run("build", "runde", *CERTIFICATES)


@attack("A template loops for ever")
def endless_loop(ground: Ground) -> None:
    _refused(ground, "#{ let i = 0; while i >= 0 { i = calc.rem(i + 1, 7) } }")


@attack("Ten loops in ten functions take a thousand million rounds")
def loops_in_functions(ground: Ground) -> None:
    _refused(ground, "#let f(n) = if n == 0 { 0 } else { for i in range(1000) { f(n - 1) } }\n#f(4)")


@attack("A template doubles a text forty times")
def doubling(ground: Ground) -> None:
    _refused(ground, '#{ let a = "xxxxxxxxxx"; for i in range(40) { a = a + a }; a }')


@attack("A template doubles an array for ever")
def doubling_array(ground: Ground) -> None:
    _refused(ground, "#{ let a = (1, 2, 3); while true { a = a + a } }")


@attack("A function of a template calls itself for ever")
def recursion(ground: Ground) -> None:
    _refused(ground, "#let f(n) = f(n + 1)\n#f(0)")


@attack("A template has a million pages")
def million_pages(ground: Ground) -> None:
    _refused(ground, "#for i in range(1000000) { [Seite #i]; pagebreak() }")


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


@attack("A template has a table of a million cells")
def million_cells(ground: Ground) -> None:
    _refused(ground, "#table(columns: 1000, ..range(1000000).map(number => [#number]))")


@attack("A template has two tables in each table, thirty deep")
def tables_in_tables(ground: Ground) -> None:
    _refused(ground, "#let t(n) = if n == 0 [x] else { table(t(n - 1), t(n - 1)) }\n#t(30)")


@attack("A show rule of a template makes another heading of each heading")
def endless_show_rule(ground: Ground) -> None:
    _refused(ground, "#show heading: it => [= #it.body #it.body]\n= x")


@attack("Show rules of a template double what they show, one after the other, forty times")
def chain_of_show_rules(ground: Ground) -> None:
    rules = "".join(f'#show "<{number}>": "<{number + 1}><{number + 1}>"\n' for number in range(40))
    _refused(ground, f'{rules}#"<0>"')


@attack("A regular expression of a template goes through a text again and again")
def expression(ground: Ground) -> None:
    ground.put(TEMPLATE, '#{ ("a" * 100000 + "b").match(regex("(a+)+$")) }')
    ground.run("build", "runde", *CERTIFICATES)


@attack("A state of a template never comes to rest")
def restless(ground: Ground) -> None:
    ground.put(TEMPLATE, '#let s = state("x", 0)\n#context { s.update(s.final() + 1); [#s.final()] }')
    ground.run("build", "runde", *CERTIFICATES)


@attack("A box of a template is as wide as a light year")
def light_year(ground: Ground) -> None:
    ground.put(TEMPLATE, "#set page(width: 1e18cm, height: 1e18cm)\n#box(width: 1e30cm, height: 1e30cm)[x]")
    ground.run("build", "runde", *CERTIFICATES)


@attack("A template is no UTF-8")
def no_utf8(ground: Ground) -> None:
    ground.build_before()
    (ground.project / "templates/award").mkdir(parents=True)
    (ground.project / TEMPLATE).write_bytes(b"\xff\xfe\x00#\x00x")
    ground.build(2, "urkunde.typ", more=CERTIFICATES)


@attack("A template has 50 MB")
def heavy(ground: Ground) -> None:
    ground.put(TEMPLATE, "#let x = 1\n" * 5_000_000)
    ground.run("build", "runde", *CERTIFICATES)
