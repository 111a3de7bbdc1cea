#!/usr/bin/env python3
"""Runs a program with a terminal of its own, on which somebody answers questions.

    on-terminal.py TRANSCRIPT [QUESTION ANSWER]... -- PROGRAM [WORD]...

The program has our descriptors 0 to 3. Each answer is typed once its question stands on the terminal; \\x03 is Ctrl-C,
\\n an Enter. TRANSCRIPT gets what the terminal showed, and at the end whether it shows what is typed. The exit status is
the program's, or 128 and the signal that ended it.
"""
import os, pty, select, signal, sys, fcntl, termios

words = sys.argv[1:]
cut = words.index("--")
transcript, answers, command = words[0], words[1:cut], words[cut + 1:]
steps = list(zip(answers[::2], answers[1::2]))
master, slave = pty.openpty()
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    os.close(master)
    os.close(slave)
    # Whoever runs tests in the background may ignore it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(command[0], command)
# Whoever started us must not wait for our copies of what is the program's.
nothing = os.open("/dev/null", os.O_RDWR)
for descriptor in (0, 1, 3):
    os.dup2(nothing, descriptor)
shown, asked = b"", 0
status = None
while status is None:
    ready, _, _ = select.select([master], [], [], 0.02)
    if ready:
        shown += os.read(master, 4096)
    if steps and steps[0][0].encode() in shown[asked:]:
        asked = len(shown)
        os.write(master, steps.pop(0)[1].encode().decode("unicode_escape").encode())
    ended, status = os.waitpid(child, os.WNOHANG)
    if ended == 0:
        status = None
while select.select([master], [], [], 0)[0]:
    shown += os.read(master, 4096)
echo = bool(termios.tcgetattr(slave)[3] & termios.ECHO)
with open(transcript, "w") as file:
    file.write(shown.decode(errors="replace") + ("\n[echo]" if echo else "\n[no echo]"))
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
