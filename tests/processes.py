"""What the processes of a command use while it runs. Knows no command."""

from pathlib import Path


def resident(pid: int) -> int:
    """Bytes in memory of a process and all that it started; what they share of files is not counted."""
    total = 0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="utf8")
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="utf8").split())
        except OSError:
            continue
        total += next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon")), 0)
    return total
