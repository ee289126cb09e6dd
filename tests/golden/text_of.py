#!/usr/bin/env python3
"""Prints a tree of elements (strata tree --json) as text that a person can read in a diff: what is
named by chance (ids, process numbers) is left out, frames are in whole points."""

import json
import sys


def print_node(node, depth):
    words = [node.get("role") or "other"]
    if node.get("label"):
        words.append(json.dumps(node["label"], ensure_ascii=False))
    if node.get("value"):
        words.append("= " + json.dumps(node["value"], ensure_ascii=False))
    if node.get("role") == "scene":
        words.append(node.get("app", ""))
    words.append("[%s]" % " ".join("%d" % round(number) for number in node.get("frame", [])))
    for trait, otherwise in (("enabled", True), ("visible", True), ("selected", False), ("focused", False)):
        if node.get(trait, otherwise) != otherwise:
            words.append(trait if not otherwise else "not-" + trait)
    print("  " * depth + " ".join(words))
    for child in node.get("children", []):
        print_node(child, depth + 1)


with open(sys.argv[1], encoding="utf-8") as file:
    print_node(json.load(file), 0)
