"""A real nginx with the configuration that `deploy/` ships, on a loopback port and without TLS."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Proxy:
    def __init__(self, folder, port, nodes):
        self.folder, self.port = pathlib.Path(folder), port
        self.folder.mkdir()
        (self.folder / "nginx.conf").write_text(self.settings(nodes))
        self.process = None

    def settings(self, nodes):
        """What is shipped, but for the addresses, the certificate and the folders."""
        text = (ROOT / "deploy/nginx-two-nodes.conf").read_text()
        shipped = re.findall(r"server (10\.[0-9.]+:8080)", text)
        assert len(shipped) == len(nodes)
        for address, node in zip(shipped, nodes):
            text = text.replace(f"server {address}", f"server 127.0.0.1:{node}")
        before, server = text.split("# ---- the portal", 1)
        upstream = before[before.index("upstream "):before.index("# ---- to https")]
        server = re.sub(r"listen [^;]*443[^;]*;", "", server)
        server = re.sub(r"server_name [^;]*;", f"listen 127.0.0.1:{self.port};", server)
        server = re.sub(r"\n\s*(ssl_|access_log|proxy_ssl_)[^;]*;", "", server)
        server = server.replace("https://passerelle", "http://passerelle").replace("Host $host", "Host $http_host")
        # an HTTP/1.1 client on the same machine has no TLS that could be checked
        folders = "".join(
            f"{name}_temp_path {self.folder}/{name};" for name in
            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return (f"daemon off; worker_processes 1; pid {self.folder}/pid; error_log {self.folder}/error.log;\n"
                f"events {{ worker_connections 1024; }}\nhttp {{ access_log off; {folders}\n"
                f"{upstream}\n{server[server.index('server {'):]}\n}}\n")

    def start(self):
        path = self.folder / "nginx.conf"
        words = ["/usr/sbin/nginx", "-p", self.folder, "-c", path, "-e", self.folder / "error.log"]
        subprocess.run([*words, "-t", "-q"], check=True)
        self.process = subprocess.Popen(words, start_new_session=True)

    def errors(self):
        path = self.folder / "error.log"
        return path.read_text().splitlines() if path.exists() else []

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
