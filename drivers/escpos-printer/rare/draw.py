#!/usr/bin/env python3
"""Draws the characters that printers lack, for pack.mjs: one file with 256 pictures for each page of 256 code points.

Needs Pillow and the Debian packages fonts-hanazono (HanaMin, SIL Open Font License 1.1) and fonts-dejavu-core.
    python3 draw.py DIRECTORY-OF-HANAMIN DIRECTORY-OF-DEJAVU OUTPUT-DIRECTORY
A picture is 24 dots high and 24 or, for Latin letters, 12 wide; each column is three bytes, top dot in the highest bit (the order of
ESC * 33). All zero: no such character.
"""
import pathlib
import sys

from PIL import Image, ImageDraw, ImageFont

HEIGHT = 24
BASELINE = 21

hanamin, dejavu, output = map(pathlib.Path, sys.argv[1:4])
wide_fonts = [ImageFont.truetype(str(hanamin / name), HEIGHT) for name in ("HanaMinA.ttf", "HanaMinB.ttf")]
narrow_fonts = [ImageFont.truetype(str(dejavu / "DejaVuSansMono.ttf"), 20)]


def picture(font, text, width):
    image = Image.new("1", (width, HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((width // 2, BASELINE), text, font=font, fill=1, anchor="ms")
    return image


def columns(image, width):
    data = bytearray()
    for x in range(width):
        bits = 0
        for y in range(HEIGHT):
            bits = bits << 1 | (1 if image.getpixel((x, y)) else 0)
        data += bits.to_bytes(3, "big")
    return bytes(data)


def drawn(code, width, fonts):
    for font in fonts:
        data = columns(picture(font, chr(code), width), width)
        if any(data) and data != columns(picture(font, "\U0010ffff", width), width):
            return data
    return bytes(3 * width)


def in_rom(code):
    """Two-byte codes of GBK are in every Chinese printer."""
    data = chr(code).encode("gb18030")
    return len(data) == 1 or (len(data) == 2 and data[0] != 0xFE)


ranges = [
    (0x00A1, 0x024F, 12, narrow_fonts),
    (0x1E00, 0x1EFF, 12, narrow_fonts),
    (0x3400, 0x4DBF, 24, wide_fonts),
    (0x4E00, 0x9FFF, 24, wide_fonts),
    (0x20000, 0x2EBEF, 24, wide_fonts),
]
pages = {}
for first, last, width, fonts in ranges:
    for code in range(first, last + 1):
        if in_rom(code):
            continue
        data = drawn(code, width, fonts)
        if not any(data):
            continue
        page = pages.setdefault(code >> 8, bytearray(256 * 3 * width))
        page[(code & 255) * 3 * width : ((code & 255) + 1) * 3 * width] = data

output.mkdir(parents=True, exist_ok=True)
for number, page in pages.items():
    (output / f"{number:03x}.bin").write_bytes(page)
