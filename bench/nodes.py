"""Two nodes against one, behind nginx, on the same machine, database and folder: what a second node costs and gives."""

import os
import pathlib
import sys

from benches import FHIRWay, published
from measure import wrk
from outside import hospital
from outside.server import ROOT, Server, copy_data, free_ports
from stage import PROGRAMS, PostgresServer, psql, signed_in, unpinned

sys.path.append(str(ROOT / "Tests/nodes"))


class Node(PostgresServer):
    """One of several nodes on the same data, free to use all cores."""

    def __init__(self, address, name, data, port):
        super().__init__(address, name, data, program=str(PROGRAMS.build / "passerelle"), port=port)

    def named(self, name, metrics):
        """The options that tell the nodes apart."""
        self.options += ["--node-name", name, "--metrics-port", str(metrics),
                         "--checkpoint-file", f"{self.data}-{name}.checkpoints"]
        self.log = pathlib.Path(f"{self.data}-{name}.log")
        return self


class Front(Server):
    """What hospital and doctors see: nginx before one node or both."""

    def __init__(self, node, proxy, processes):
        super().__init__(node.data, program=node.program, port=proxy.port)
        self.node, self.whole = node, processes

    @property
    def processes(self):
        """The nodes behind it, nginx and the database."""
        return self.whole

    def run(self, *words):
        """A command of the program, on the data of the nodes."""
        return self.node.run(*words)


def nodes(stage, plan):
    """Lists, downloads and publications through one node and through two, alternating."""
    if not stage.postgres:
        print("  two nodes need --engine postgres: not measured", flush=True)
        return
    from proxy import Proxy
    data = stage.folder / "nodes"
    copy_data(stage.seed, data)
    psql(stage.postgres, "CREATE DATABASE nodes TEMPLATE seed")
    unpinned(stage.postgres)
    ports = free_ports(6)
    pair_of_nodes = [Node(stage.postgres, "nodes", data, ports + place).named("ab"[place], ports + 2 + place)
                     for place in (0, 1)]
    stage.servers += pair_of_nodes
    os.chmod(stage.folder, 0o755)
    first, second = pair_of_nodes
    fronts = {}
    try:
        for node in pair_of_nodes:
            node.start()
        for name, behind, port in (("one node", [first, first], ports + 4), ("two nodes", pair_of_nodes, ports + 5)):
            proxy = Proxy(stage.folder / name.replace(" ", "-"), port, [node.port for node in behind])
            proxy.start()
            processes = (*{node.process.pid for node in behind}, proxy.process.pid, first.postmaster)
            fronts[name] = (Front(first, proxy, processes), proxy)
        cookie = signed_in(first).cookie_header()
        script = stage.downloads("portal", stage.ids)
        for pair in range(plan.pairs):
            for connections in (16, 64):
                for name, (front, _) in fronts.items():
                    yield {"bench": "nodes", "target": f"list {name}", "c": connections, "pair": pair,
                           **wrk(f"{front.base}/documents", front.processes, connections, plan.seconds, cookie)}
            for name, (front, _) in fronts.items():
                yield {"bench": "nodes", "target": f"open {name}", "c": 16, "pair": pair,
                       **wrk(front.base, front.processes, 16, plan.seconds, cookie, script)}
            for name, (front, _) in fronts.items():
                system = hospital.Hospital(front)
                yield {"bench": "nodes", "target": f"publish {name}", "c": 8, "pair": pair,
                       **published(front, FHIRWay(system), 8, plan.documents)}
    finally:
        for _, proxy in fronts.values():
            proxy.stop()
        for node in pair_of_nodes:
            node.stop()
