"""`python tests/web/pictures.py`: each page of the workbench as it looks, for `docs/guides/pictures/workbench`.

Two widths and two modes, the part that a screen shows. They are looked at, not compared: fonts differ from machine to
machine.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
TARGET = ROOT / "docs" / "guides" / "pictures" / "workbench"
VIEW = "at=1962-11-15&channel=table"
SIZES = {1440: 1000, 390: 844}
MODES = ("light", "dark")
#: Each picture: the case, the address behind it, and what is waited for.
PICTURES = {
    "standing": ("cuba-1962", f"standing?{VIEW}", ""),
    "why": ("cuba-1962", f"standing?{VIEW}&why=lift-quarantine#lift-quarantine", ""),
    "commitment": ("cuba-1962", f"commitment/lift-quarantine?{VIEW}", ""),
    "disputes": ("cuba-1962", f"disputes?{VIEW}&as=US,USSR,record", ".difference"),
    "way-out": ("cuba-1962", f"wayout?{VIEW}&goal=lift-quarantine+and+remove-bombers", ".way"),
    "timeline": ("cuba-1962", "timeline?at=1962-11-15", ".strip-name"),
    "deadlines": ("company-sale", "deadlines", ""),
    "record": ("cuba-1962", f"record?{VIEW}", ""),
    "party": ("cuba-1962", f"party/USSR?{VIEW}", ""),
    "source": ("weir-talks", "sources/memo", ".speaker b"),
    "problems": ("broken", f"problems?{VIEW}", ""),
    "query": ("cuba-1962", "query?sql=select+name,+title,+kind,+bearers,+sources%0Afrom+commitments+limit+8", ""),
    "editor": ("broken", "editor/commitments/american.pacta", ".cm-editor"),
    "add-an-act": ("cuba-1962", f"act?{VIEW}&line=1962-11-15+USSR+promises+remove-bombers+by+1962-12-15", ""),
    "help": ("cuba-1962", "help/guides/workbench", ""),
}


def main(names: list[str]) -> None:
    """Take the pictures that are named, or all."""
    from web.conftest import CHROMIUM, Served

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        cases = Path(folder)
        for case in ("cuba-1962", "company-sale", "weir-talks"):
            shutil.copytree(ROOT / "examples" / case, cases / case)
        shutil.copytree(ROOT / "examples" / "cuba-1962", cases / "broken")
        slip = cases / "broken" / "commitments" / "american.pacta"
        text = slip.read_text("utf-8")
        slip.write_text(text.replace("obligation hemisphere-cooperation", "obligation hemisphere-coperation"), "utf-8")
        servers = {case.name: Served(case) for case in cases.iterdir()}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        TARGET.mkdir(parents=True, exist_ok=True)
        for width, height in SIZES.items():
            for mode in MODES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=mode)  # type: ignore[arg-type]
                page = context.new_page()
                for name, (case, path, shown) in PICTURES.items():
                    if names and name not in names:
                        continue
                    page.goto(f"{servers[case].address}/{path}")
                    if shown:
                        page.locator(shown).first.wait_for(timeout=60_000, state="attached")
                    page.wait_for_timeout(400)
                    picture = Image.open(io.BytesIO(page.screenshot()))
                    small = picture.convert("RGB").quantize(
                        256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
                    )
                    small.save(TARGET / f"{name}-{width}-{mode}.png", optimize=True)
                context.close()
        browser.close()
        for server in servers.values():
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
