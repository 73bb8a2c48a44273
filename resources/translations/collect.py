#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collects the programs' texts into the .ts files, or checks that nothing of them is missing.

usage: collect.py update LUPDATE ROOT    brings society_en.ts (plurals) and society_zh_CN.ts up to date
       collect.py check LUPDATE ROOT     prints what is untranslated or no longer used; exits 1 where there is any

Many services translate through a short function of their own, `tr(text)`, that names its context once. lupdate files
such calls under the enclosing namespace, where the program would never find them; so it is given copies of the sources
in which each call names its context."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

FOLDERS = ("services", "models", "ui", "app")
HERE = pathlib.Path(__file__).resolve().parent
FILES = {"society_en.ts": ["-pluralonly"], "society_zh_CN.ts": []}

OWN_TR = re.compile(r"QString tr\(const char \*text(?P<more>[^)]*)\)\s*\{\s*return QCoreApplication::translate\(\"(?P<context>\w+)\", text"
                    r"(?P<rest>[^)]*)\);\s*\}")
LITERAL = r'"(?:[^"\\]|\\.)*"'


def shared_contexts(root):
    """{include path: match} of headers that declare a `tr(text)` which a source beside them defines, and of headers that
    include these."""
    found = {}
    headers = {str(header.relative_to(root)): header for header in (root / "services").glob("**/*.h")}
    texts = {name: header.read_text(encoding="utf-8") for name, header in headers.items()}
    for name, text in texts.items():
        if re.search(r"QString tr\(const char \*text\);", text):
            # Its own source comes last, and so counts: others in the folder may have a tr() of their own.
            sources = sorted(headers[name].parent.glob("*.cpp"), key=lambda source: source.stem == headers[name].stem)
            for source in sources:
                if own := OWN_TR.search(source.read_text(encoding="utf-8")):
                    found[name] = own
    size = -1
    while size != len(found):
        size = len(found)
        for name, text in texts.items():
            for other in list(found):
                if f'#include "{other}"' in text:
                    found.setdefault(name, found[other])
    return found


def with_contexts(text, shared):
    """The source with its own `tr(…)` calls taken out and said again, with their context, at its end."""
    own = OWN_TR.search(text)
    body = text[:own.start()] + text[own.end():] if own else text
    for include, other in shared.items():
        own = own or (f'#include "{include}"' in text and other) or None
    if not own:
        return text
    calls = []
    for call in re.finditer(r"(?<![\w:.>])tr\(\s*(?P<text>(?:" + LITERAL + r"\s*)+)(?P<next>,\s*(?:" + LITERAL + ")?)?", body):
        spelt = f'QCoreApplication::translate("{own["context"]}", {call["text"]}'
        if own["rest"] == ", note" and call["next"]:
            spelt += call["next"]
        elif call["next"]:  # tr(text, n): the plural is translate()'s fourth argument
            spelt += ", nullptr, 1"
        calls.append(spelt + ");")
    return re.sub(r"(?<![\w:.>])tr\(", "taken_out(", body) + "\nvoid collected()\n{\n" + "\n".join(calls) + "\n}\n"


def collect(lupdate, root, target):
    """Runs lupdate over copies of the sources into the .ts files of a folder."""
    shared = shared_contexts(root)
    with tempfile.TemporaryDirectory() as copy:
        for folder in FOLDERS:
            for file in sorted((root / folder).rglob("*")):
                if file.suffix in (".cpp", ".h"):
                    to = pathlib.Path(copy) / file.relative_to(root)
                    to.parent.mkdir(parents=True, exist_ok=True)
                    to.write_text(with_contexts(file.read_text(encoding="utf-8"), shared), encoding="utf-8")
        for name, options in FILES.items():
            subprocess.run([lupdate, "-silent", "-I", ".", "-locations", "none", "-no-obsolete", "-source-language", "en",
                            "-target-language", name[len("society_"):-len(".ts")], "-extensions", "cpp,h", *options, *FOLDERS,
                            "-ts", str(target / name)], cwd=copy, check=True, stderr=subprocess.DEVNULL)


def messages(path):
    """{(context, source, comment): message element} of a .ts file."""
    found = {}
    for context in ET.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            found[context.findtext("name"), message.findtext("source"), message.findtext("comment", "")] = message
    return found


def is_complete(message):
    translation = message.find("translation")
    forms = translation.findall("numerusform")
    texts = [form.text for form in forms] if forms else [translation.text]
    return translation.get("type") is None and all(texts)


def faults_of(source, translation):
    """Placeholders that differ."""
    pattern = re.compile(r"%L?(?:\d+|n)|\{\w+\}")
    return sorted(set(pattern.findall(source))) != sorted(set(pattern.findall(translation)))


def check(lupdate, root):
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder)
        for name in FILES:
            shutil.copy(HERE / name, fresh / name)
        collect(lupdate, root, fresh)
        for name in FILES:
            kept, now = messages(HERE / name), messages(fresh / name)
            faults += [f"{name}: no longer used: {key[0]}: {key[1]}" for key in kept if key not in now]
            for key, message in now.items():
                if not is_complete(message):
                    faults.append(f"{name}: not translated: {key[0]}: {key[1]}")
                    continue
                forms = message.find("translation").findall("numerusform") or [message.find("translation")]
                faults += [f"{name}: other placeholders: {key[1]}: {form.text}" for form in forms
                           if faults_of(key[1], form.text) and not (message.get("numerus") and name.endswith("en.ts"))]
            if not now:
                faults.append(f"{name}: nothing was collected")
    print("\n".join(faults))
    return 1 if faults else 0


def main(mode, lupdate, root):
    root = pathlib.Path(root).resolve()
    if mode == "check":
        return check(lupdate, root)
    collect(lupdate, root, HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
