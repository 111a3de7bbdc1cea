#!/usr/bin/env python3
"""Writes Sources/TasksText/WidthTable.swift: which characters take no column of a terminal, and which take two.

Usage: scripts/width-table.py > Sources/TasksText/WidthTable.swift

The rules are those of glibc's localedata/unicode-gen/utf8_gen.py, with the Unicode data of the Python that runs
this. Where glibc and tmux 3.3a were tried against each other they agree.
"""
import sys
import unicodedata

# Signs that stand before or around digits: format characters by category, but visible.
PREPENDED = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2,
             0x110BD, 0x110CD}
SOFT_HYPHEN = 0x00AD

# Wide as a block, unassigned characters included (Unicode Standard Annex 11, section 5). Two are glibc's own:
# numbers in squares (3248) and, between the ideographs, hexagrams (4DC0).
WIDE_BLOCKS = [(0x3248, 0x324F), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]
# Set aside for emoji; those that later versions of Unicode put here are wide.
WIDE_WHERE_UNASSIGNED = [(0x1F6D8, 0x1F6DF), (0x1FA70, 0x1FAFF)]


def is_zero(code):
    # Vowels and final consonants of Hangul combine with the syllable's first consonant, which has both columns.
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
        return True
    if code in PREPENDED or code == SOFT_HYPHEN:
        return False
    return unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")


def is_wide(code):
    if is_zero(code):
        return False
    if any(first <= code <= last for first, last in WIDE_BLOCKS):
        return True
    character = chr(code)
    if unicodedata.category(character) == "Cn":
        return any(first <= code <= last for first, last in WIDE_WHERE_UNASSIGNED)
    return unicodedata.east_asian_width(character) in ("W", "F")


def ranges(test):
    """The runs of characters that pass, those joined that only have unassigned ones between them."""
    found = []
    for code in range(0x80, 0x110000):
        if 0xD800 <= code <= 0xDFFF or not test(code):
            continue
        if found and all(
            unicodedata.category(chr(between)) == "Cn" for between in range(found[-1][1] + 1, code)
        ) and code - found[-1][1] < 64:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def table(name, comment, test):
    lines = [f"  /// {comment}", "  // swift-format-ignore", f"  static let {name}: [UInt32] = ["]
    row = "   "
    for first, last in ranges(test):
        item = f" 0x{first:X}, 0x{last:X},"
        if len(row) + len(item) > 116:
            lines.append(row)
            row = "   "
        row += item
    return lines + [row, "  ]"]


print("\n".join([
    "/// Ranges of characters, as first and last in turn, in ascending order.",
    "///",
    f"/// Written by scripts/width-table.py from Unicode {unicodedata.unidata_version}; change that, not this.",
    "enum WidthTable {",
    *table("zero", "Take no column: they combine with what stands before, or are invisible.", is_zero),
    "",
    *table("wide", "Take two columns.", is_wide),
    "}",
]))
