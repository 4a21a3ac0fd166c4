import Access
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import Logging
import NIOCore
import PDF
import ServiceLifecycle
import Storage

/// `/metrics`, on a port of its own that only this machine reaches: the figures of this node, and those of
/// the installation as this node sees them in the database.
struct MetricsPage: Sendable {
    let core: Core
    let requests: RequestFigures
    let leaving: Leaving
    /// Nil where nobody sends HL7 v2.
    let mllp: MLLPListener?

    func server(port: Int, logger: Logger) -> some Service {
        let router = Router()
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: await text())))
        }
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    }

    func text() async -> String {
        var page = PrometheusText()
        page.metric("passerelle_info", "gauge", "The version of this node.")
        page.value("passerelle_info", ["version": Version.text], 1)
        page.metric("passerelle_leaving", "gauge", "1 while this node drains before it stops.")
        page.value("passerelle_leaving", leaving.hasBegun ? 1 : 0)
        addRequests(to: &page)
        addMessages(to: &page)
        addPool(to: &page)
        page.metric(
            "passerelle_pdf_starts_total", "counter",
            "How often a program for PDFs was started: more than once, it ended or a file made it crash.")
        for program in KeptProgram.allCases {
            page.value(
                "passerelle_pdf_starts_total", ["program": program.rawValue],
                Double(PDFKeeper.shared.starts(of: program)))
        }
        await addDatabase(to: &page)
        return page.text
    }

    private func addRequests(to page: inout PrometheusText) {
        let name = "passerelle_request_seconds"
        page.metric(name, "histogram", "Time until an answer began, by route and class of status.")
        for (key, histogram) in requests.all {
            for (bound, count) in zip(RequestFigures.bounds, histogram.within) {
                page.value(
                    "\(name)_bucket", ["route": key.route, "status": key.status, "le": "\(bound)"],
                    Double(count))
            }
            page.value(
                "\(name)_bucket", ["route": key.route, "status": key.status, "le": "+Inf"],
                Double(histogram.count))
            page.value("\(name)_sum", ["route": key.route, "status": key.status], histogram.seconds)
            page.value("\(name)_count", ["route": key.route, "status": key.status], Double(histogram.count))
        }
    }

    private func addMessages(to page: inout PrometheusText) {
        guard let figures = mllp?.figures else { return }
        page.metric(
            "passerelle_mllp_messages_total", "counter", "Messages of HL7 v2, by what was answered.")
        for messages in figures.messages {
            page.value(
                "passerelle_mllp_messages_total", ["code": messages.label], Double(messages.count))
        }
        page.metric("passerelle_mllp_connections", "gauge", "Connections for HL7 v2 that are open.")
        page.value("passerelle_mllp_connections", Double(figures.connections))
        page.metric(
            "passerelle_mllp_refused_connections_total", "counter",
            "Connections for HL7 v2 over a limit, by which one.")
        for refused in figures.refusedConnections {
            page.value(
                "passerelle_mllp_refused_connections_total", ["limit": refused.label],
                Double(refused.count))
        }
    }

    private func addPool(to page: inout PrometheusText) {
        guard let pool = core.database.figures() else { return }
        page.metric("passerelle_database_connections", "gauge", "Connections of this node's pool.")
        page.value("passerelle_database_connections", ["state": "busy"], Double(pool.busy))
        page.value("passerelle_database_connections", ["state": "idle"], Double(pool.connections - pool.busy))
        page.metric("passerelle_database_waiting", "gauge", "Tasks of this node that wait for a connection.")
        page.value("passerelle_database_waiting", Double(pool.waiting))
    }

    private func addDatabase(to page: inout PrometheusText) async {
        let now = core.clock.now().rawValue
        let outbox = try? await core.database.read { try $0.outboxFigures(at: now) }
        let unsealed = try? await core.access.unsealedEvents()
        page.metric("passerelle_database_up", "gauge", "1 when the database answers.")
        page.value("passerelle_database_up", outbox == nil ? 0 : 1)
        guard let outbox, let unsealed else { return }
        page.metric("passerelle_outbox_jobs", "gauge", "Jobs of the installation, by kind and state.")
        for kind in outbox {
            page.value(
                "passerelle_outbox_jobs", ["kind": kind.kind, "state": "waiting"], Double(kind.waiting))
            page.value("passerelle_outbox_jobs", ["kind": kind.kind, "state": "failed"], Double(kind.failed))
        }
        page.metric(
            "passerelle_outbox_oldest_seconds", "gauge", "How long the longest overdue job has been due.")
        for kind in outbox {
            let age = kind.oldestDue.map { Double(now - $0) / 1000 } ?? 0
            page.value("passerelle_outbox_oldest_seconds", ["kind": kind.kind], age)
        }
        page.metric(
            "passerelle_audit_unsealed_events", "gauge", "Events that no signed checkpoint covers yet.")
        page.value("passerelle_audit_unsealed_events", Double(unsealed))
    }
}
