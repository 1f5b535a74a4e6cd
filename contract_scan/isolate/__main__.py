"""python -m contract_scan.isolate: the child with the real engine."""

from __future__ import annotations

from pathlib import Path

from contract_scan.isolate.child import Answer, serve
from contract_scan.isolate.values import Job


def load_engine(rules: Path | None) -> tuple[dict[str, str], Answer]:
    """The built-in rules and those of a folder, made ready. Raises RuleError."""
    from contract_scan._version import VERSION
    from contract_scan.checks import Engine
    from contract_scan.extract import extract, extract_bytes
    from contract_scan.mask import mask_report
    from contract_scan.pipeline import scan_source
    from contract_scan.render import render
    from contract_scan.render.view import title
    from contract_scan.rulebook import load_rulebook
    from contract_scan.sketch import sketch

    engine = Engine.of(load_rulebook(rules))

    def answer(job: Job) -> dict[str, str]:
        content = job.content
        source = extract(content) if isinstance(content, Path) else extract_bytes(content, job.name)
        read = scan_source(source, engine, job.options)
        report = mask_report(read) if job.masked else read
        special = {
            "source": lambda: report.source.text,
            "words": lambda: " ".join(engine.segmenter.words(report.source.text)),
            "sketch": lambda: sketch(report.contract.document.text),
            "title": lambda: title(report),
        }
        return {name: special[name]() if name in special else render(report, name) for name in job.outputs}

    return {"tool": VERSION, "rules": VERSION, "rules_sha256": engine.rulebook.sha256}, answer


if __name__ == "__main__":
    serve(load_engine)
