"""Renders a report and its workbook to pictures, for a person to look at: `look.py [HTML] [XLSX]`.

Needs chromium, libreoffice and pdftoppm (Debian: chromium libreoffice-calc poppler-utils). Pictures go to
out/look/.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
WIDTHS = {"wide": 1400, "narrow": 420}
NARROWEST_WINDOW = 500
STRETCH = 1400
STRETCHES = 4
PAGES = 40
SECONDS = 180


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("html", nargs="?", type=Path, default=TOP / "out" / "report.html")
    parser.add_argument("xlsx", nargs="?", type=Path, default=TOP / "out" / "report.xlsx")
    parser.add_argument("--out", type=Path, default=TOP / "out" / "look")
    asked = parser.parse_args()
    missing = [tool for tool in ("chromium", "libreoffice", "pdftoppm") if shutil.which(tool) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)} (Debian: chromium libreoffice-calc poppler-utils).")
        return 2
    absent = [str(file) for file in (asked.html, asked.xlsx) if not file.is_file()]
    if absent:
        print(f"There is no {' and no '.join(absent)}. Run `make report` first, or name the files.")
        return 3
    asked.out.mkdir(parents=True, exist_ok=True)
    for old in asked.out.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name, width in WIDTHS.items():
            photograph(asked.html, width, asked.out / f"html-{name}", scratch)
        print_html(asked.html, scratch / "print.pdf", scratch)
        to_pictures(scratch / "print.pdf", asked.out / "print")
        to_pictures(workbook_pdf(asked.xlsx, scratch), asked.out / "workbook")
    for picture in sorted(asked.out.glob("*.png")):
        print(picture)
    return 0


def photograph(page: Path, width: int, pictures: Path, scratch: Path) -> None:
    """Take pictures of a page at a width in CSS pixels, one a stretch of it, from the top down.

    The page stands in a frame moved up by a stretch each time: a window is neither very narrow nor very tall.
    """
    frame = scratch / "frame.html"
    for number in range(STRETCHES):
        style = f"width:{width}px;height:{STRETCH * STRETCHES}px;border:0;margin-top:-{number * STRETCH}px"
        inside = f'<iframe src="{page.resolve().as_uri()}" style="{style}"></iframe>'
        frame.write_text(f'<!doctype html><body style="margin:0;overflow:hidden">{inside}', encoding="utf-8")
        picture = pictures.with_name(f"{pictures.name}-{number + 1}.png")
        window = f"--window-size={max(width, NARROWEST_WINDOW)},{STRETCH}"
        chromium(scratch, f"--screenshot={picture}", window, frame.as_uri())


def print_html(page: Path, pdf: Path, scratch: Path) -> None:
    """Print a page as a browser prints it."""
    chromium(scratch, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.resolve().as_uri())


def workbook_pdf(workbook: Path, scratch: Path) -> Path:
    """Print a workbook, every sheet."""
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    run("libreoffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch), str(workbook))
    return scratch / f"{workbook.stem}.pdf"


def to_pictures(pdf: Path, stem: Path) -> None:
    """Make one picture a page, of the first pages."""
    run("pdftoppm", "-png", "-scale-to", "1400", "-l", str(PAGES), str(pdf), str(stem))


def chromium(scratch: Path, *arguments: str) -> None:
    """Run Chromium once, without a profile that outlives it."""
    run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={scratch / 'chromium'}",
        *arguments,
    )


def run(*command: str) -> None:
    """Run a command and say what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    sys.exit(main())
