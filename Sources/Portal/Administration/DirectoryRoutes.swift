import Access
import Directory
import HTTPTypes
import Hummingbird

/// Tables that the portal team keeps: mail domains, professions, what the registers say.
enum DirectoryRoutes {
    /// `GET /admin/domaines`.
    static func domains(_ visit: Visit) async throws -> Response {
        let list = try await visit.site.directory.mailDomains(visit.holder())
        return Response(html: DomainsPage(shell: try await visit.shell(), list: list).html)
    }

    /// `POST /admin/domaines`, with `domaine`, `source` and `securise`.
    static func decideDomain(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard ["oui", "non"].contains(form["securise"]) else { throw PageRefusal.badForm }
        do {
            try await visit.site.directory.decide(
                domain: form["domaine"], isSecured: form["securise"] == "oui", provenance: form["source"],
                visit.holder())
        } catch DirectoryRefusal.domain {
            let list = try await visit.site.directory.mailDomains(visit.holder())
            let page = DomainsPage(
                shell: try await visit.shell(), list: list, typed: form["domaine"], isWrong: true)
            return Response(html: page.html, status: .unprocessableContent)
        }
        return .toPage("/admin/domaines?fait=\(Flash.domainDecided.rawValue)")
    }

    /// `GET /admin/professions`; with `?profession=`, the document types of one.
    static func professions(_ visit: Visit) async throws -> Response {
        let rules = try await visit.site.directory.professionRules(visit.holder())
        if let named = visit.query("profession") {
            guard let rule = rules.first(where: { $0.profession.rawValue == named }) else {
                throw PageRefusal.notFound
            }
            return Response(html: ProfessionTypesPage(shell: try await visit.shell(), rule: rule).html)
        }
        return Response(html: ProfessionsPage(shell: try await visit.shell(), rules: rules).html)
    }

    /// `POST /admin/professions`: two boxes for each; with `profession`, the types that it receives.
    static func saveProfessions(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        if !form["profession"].isEmpty {
            guard let profession = Profession(rawValue: form["profession"]) else { throw PageRefusal.badForm }
            let withheld = DocumentTypeTexts.codes.filter { form["types-\($0)"].isEmpty }
            try await visit.site.directory.withhold(Set(withheld), from: profession, visit.holder())
            return .toPage("/admin/professions?fait=\(Flash.professionsSaved.rawValue)")
        }
        let rules = Profession.allCases.map {
            ProfessionRule(
                profession: $0, mayAsk: !form["compte-\($0.rawValue)"].isEmpty,
                mayReceive: !form["documents-\($0.rawValue)"].isEmpty)
        }
        try await visit.site.directory.save(rules, visit.holder())
        return .toPage("/admin/professions?fait=\(Flash.professionsSaved.rawValue)")
    }

    /// `GET /admin/registre`.
    static func register(_ visit: Visit) async throws -> Response {
        let changes = try await visit.site.directory.registerChanges(visit.holder())
        return Response(html: RegisterPage(shell: try await visit.shell(), changes: changes).html)
    }

    /// `POST /admin/registre/{id}/traiter`.
    static func settle(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        guard
            try await visit.site.directory.settleRegisterChange(
                try visit.parameter("id"), visit.holder())
        else { throw PageRefusal.notFound }
        return .toPage("/admin/registre?fait=\(Flash.registerSettled.rawValue)")
    }
}
