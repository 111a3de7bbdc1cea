"""Reads a sealed bundle by docs/format.md alone, without libsodium: the format is what the page says.

    open-sealed.py KEY-FILE SETTINGS SLOT BUNDLE-FILE DEVICE TIP >BUNDLE

DEVICE and TIP are the ids that the bundle's name must hide. Passphrases are left out, as Python comes without Argon2.
"""

import hashlib
import json
import os
import struct
import sys


def rotate(value, count):
    return (value << count | value >> 32 - count) & 0xFFFFFFFF


def rounds(state):
    x = list(state)
    for _ in range(10):
        for a, b, c, d in [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]:
            for left, right, count in [(a, d, 16), (c, b, 12), (a, d, 8), (c, b, 7)]:
                other = b if left == a else d
                x[left] = (x[left] + x[other]) & 0xFFFFFFFF
                x[right] = rotate(x[right] ^ x[left], count)
    return x


CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def hchacha(key, nonce):
    x = rounds(CONSTANTS + struct.unpack("<8I4I", key + nonce))
    return struct.pack("<8I", *(x[:4] + x[12:]))


def stream(key, nonce, start, count):
    """So many bytes of ChaCha20 (RFC 8439), from a block on."""
    out = b""
    for number in range(start, start + (count + 63) // 64):
        state = CONSTANTS + struct.unpack("<8II3I", key + struct.pack("<I", number) + nonce)
        out += struct.pack("<16I", *[(a + b) & 0xFFFFFFFF for a, b in zip(rounds(state), state)])
    return out[:count]


def xor(left, right):
    count = len(left)
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(count, "big")


def poly1305(key, text):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    tag = 0
    for place in range(0, len(text), 16):
        tag = (tag + int.from_bytes(text[place:place + 16] + b"\1", "little")) * r % ((1 << 130) - 5)
    return ((tag + int.from_bytes(key[16:], "little")) % (1 << 128)).to_bytes(16, "little")


def padding(count):
    return bytes(-count % 16)


def open_aead(key, nonce, sealed, clear):
    """XChaCha20-Poly1305."""
    key, nonce = hchacha(key, nonce[:16]), bytes(4) + nonce[16:]
    text, tag = sealed[:-16], sealed[-16:]
    covered = clear + padding(len(clear)) + text + padding(len(text))
    covered += struct.pack("<QQ", len(clear), len(text))
    assert poly1305(stream(key, nonce, 0, 32), covered) == tag, "the tag is wrong"
    return xor(text, stream(key, nonce, 1, len(text)))


def open_stream(key, header, pieces, clear):
    """Libsodium's secretstream."""
    key, random, counter, out = hchacha(key, header[:16]), header[16:], 1, b""
    for number, piece in enumerate(pieces):
        nonce = struct.pack("<I", counter) + random
        text, tag = piece[1:-16], piece[-16:]
        mark = stream(key, nonce, 1, 64)
        block = piece[:1] + mark[1:]
        covered = clear + padding(len(clear)) + block + text + bytes(len(text) % 16)
        covered += struct.pack("<QQ", len(clear), len(block) + len(text))
        assert poly1305(stream(key, nonce, 0, 32), covered) == tag, "the tag is wrong"
        assert piece[0] ^ mark[0] == (3 if number == len(pieces) - 1 else 0), "the mark is wrong"
        out += xor(text, stream(key, nonce, 2, len(text)))
        random, counter = xor(random, tag[:8]), counter + 1
    return out


def subkey(number, context, key, count=32):
    return hashlib.blake2b(
        key=key, salt=struct.pack("<QQ", number, 0), person=context, digest_size=count).digest()


def hidden(text, key):
    return hashlib.blake2b(text.encode(), key=key, digest_size=16).digest()[:8]


def read(path, named=False):
    with open(path, "rb") as file:
        data = file.read()
    if named:
        stem = os.path.basename(path).rsplit(".", 1)[0]
        assert hashlib.sha256(data).hexdigest()[:32] == stem[-32:], "the hash is wrong"
    return data


def main(key_file, settings, slot, bundle, device, tip):
    encryption = json.loads(read(settings))["encryption"]
    slot, file = json.loads(read(slot, named=True)), read(bundle, named=True)
    salt = slot["kdf"]["salt"]
    root = hashlib.blake2b(read(key_file), key=bytes.fromhex(salt), digest_size=32).digest()
    assert subkey(2, b"taskslot", root).hex() == slot["check"], "the key file is another's"
    clear = f"tasks-key 1 {encryption['remote']} blake2b {salt}".encode()
    data = open_aead(subkey(1, b"taskslot", root), bytes.fromhex(slot["nonce"]),
                     bytes.fromhex(slot["wrapped"]), clear)
    assert subkey(4, b"tasksrem", data, 16).hex() == encryption["key"], "the data key is another"

    name = os.path.basename(bundle).split("-")
    start = b"tasks-sealed" + struct.pack(">I", 1)
    start += bytes.fromhex(encryption["remote"] + encryption["key"])
    start += hidden(device, subkey(2, b"tasksrem", data))
    start += struct.pack(">QQ", int(name[1]), int(name[2]))
    start += hidden(tip, subkey(3, b"tasksrem", data))
    assert file[:80] == start, "the start is another"
    assert name[0] == start[48:56].hex() and name[3] == start[72:80].hex(), "the name is another"
    pieces = [file[place:place + 65553] for place in range(104, len(file), 65553)]
    sys.stdout.buffer.write(
        open_stream(subkey(1, b"tasksrem", data), file[80:104], pieces, file[:104]))


main(*sys.argv[1:])
