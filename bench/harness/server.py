"""A server with SSH on this machine, for the time of the measurements: keys, settings and known hosts of its own."""

import ctypes
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from .link import Link

#: Seconds that a round trip takes to the far host.
ROUND_TRIP = 0.1
#: An empty folder that the server wants to find if it is root's, as Debian makes it at boot. It stays: another server on this
#: machine may have begun to use it.
SEPARATION = Path("/run/sshd")


class Server:
    """An `sshd`, and two ways to it: the host `near`, and the host `far` behind a link with long round trips.

    - environment: of the server and of everything that runs in it. Its `HOME` is where people arrive.
    """

    def __init__(self, folder, environment):
        folder.mkdir()
        self._process = None
        self.far = None
        try:
            self._start(folder, environment)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def program():
        """Where `sshd` is; None if it is not installed."""
        return shutil.which("sshd", path=os.environ["PATH"] + ":/usr/local/sbin:/usr/sbin")

    def close(self):
        if self.far:
            self.far.close()
        if self._process:
            self._process.terminate()
            self._process.wait()

    def _start(self, folder, environment):
        for name in ["host", "user"]:
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name],
                check=True)
        shutil.copy(folder / "user.pub", folder / "authorized")
        self.key = folder / "user"
        self.user = getpass.getuser()
        self.port = _free_port()
        settings, log = folder / "sshd_config", folder / "log"
        # Whoever logs in must not meet the person's own settings, so HOME is another.
        settings.write_text(f"""\
ListenAddress 127.0.0.1:{self.port}
HostKey {folder}/host
PidFile {folder}/pid
AuthorizedKeysFile {folder}/authorized
AuthenticationMethods publickey
KbdInteractiveAuthentication no
PasswordAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UseDNS no
PrintMotd no
PrintLastLog no
MaxStartups 100
SetEnv HOME={environment["HOME"]}
Subsystem sftp internal-sftp
""")
        if os.geteuid() == 0:
            SEPARATION.mkdir(mode=0o755, exist_ok=True)
        # In a group of its own, so that it is ended in order and not by Ctrl-C; and it ends if the benchmark is killed.
        self._process = subprocess.Popen(
            [self.program(), "-D", "-f", settings, "-E", log], stdin=subprocess.DEVNULL,
            env=environment, start_new_session=True, preexec_fn=_end_with_parent)
        for _ in range(200):
            if self._process.poll() is not None:
                raise OSError(f"sshd: {log.read_text().strip()[:500]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.05)

        self.far = Link(self.port, ROUND_TRIP)
        kind, key = (folder / "host.pub").read_text().split()[:2]
        self.known_hosts = folder / "known_hosts"
        self.known_hosts.write_text("".join(
            f"{host} {kind} {key}\n"
            for host in ["bench", f"[127.0.0.1]:{self.port}", f"[127.0.0.1]:{self.far.port}"]))
        self.settings = folder / "ssh_config"
        self.settings.write_text(f"""\
Host near
  Port {self.port}
Host far
  Port {self.far.port}
Host *
  HostName 127.0.0.1
  HostKeyAlias bench
  User {self.user}
  IdentityFile {self.key}
  IdentitiesOnly yes
  IdentityAgent none
  GlobalKnownHostsFile /dev/null
  UserKnownHostsFile {self.known_hosts}
  StrictHostKeyChecking yes
  BatchMode yes
""")

    @property
    def rclone_settings(self):
        """What rclone, which has an SSH client of its own, needs to know. It is not to look for a shell and its checksums."""
        return "".join(f"""\
[{host}]
type = sftp
host = 127.0.0.1
port = {port}
user = {self.user}
key_file = {self.key}
known_hosts_file = {self.known_hosts}
shell_type = none
md5sum_command = none
sha1sum_command = none
""" for host, port in [("near", self.port), ("far", self.far.port)])


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _end_with_parent():
    """Has the kernel end this process when its parent has ended."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
