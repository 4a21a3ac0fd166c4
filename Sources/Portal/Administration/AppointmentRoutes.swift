import Access
import Enrolment
import HTTPTypes
import Hummingbird

/// Appointments of identity checks, and the times that are offered.
enum AppointmentRoutes {
    /// `GET /admin/rendez-vous`.
    static func list(_ visit: Visit) async throws -> Response {
        let now = visit.now
        let found = try await visit.site.enrolment.listAppointments(
            from: now.adding(days: -1), to: now.adding(days: 14), visit.holder())
        return Response(html: AppointmentsPage(shell: try await visit.shell(), appointments: found).html)
    }

    /// `POST /admin/rendez-vous/{id}/absence`.
    static func noteMissed(_ visit: Visit) async throws -> Response {
        _ = try await visit.form()
        try await visit.site.enrolment.noteMissed(try visit.requestID(), visit.holder())
        return .toPage("/admin/rendez-vous?fait=\(Flash.absenceNoted.rawValue)")
    }

    /// `GET /admin/rendez-vous/lieux`.
    static func showSites(_ visit: Visit) async throws -> Response { try await sites(visit) }

    /// `POST /admin/rendez-vous/lieux`: adds a site or changes one.
    static func saveSite(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let mode = ValidationSite.Mode(rawValue: form["mode"]) else { throw PageRefusal.badForm }
        let id = form["id"].isEmpty ? RandomText.identifier() : String(form["id"].prefix(32))
        do {
            try await visit.site.enrolment.save(
                ValidationSite(
                    id: ValidationSite.ID(rawValue: id), name: form["nom"], mode: mode,
                    address: form["adresse"],
                    directions: form["indications"], needsAppointment: !form["rdv"].isEmpty,
                    isActive: !form["actif"].isEmpty), visit.holder())
        } catch EnrolmentRefusal.incomplete { return try await sites(visit, problem: .siteIncomplete) }
        return .toPage("/admin/rendez-vous/lieux?fait=\(Flash.siteSaved.rawValue)")
    }

    /// `POST /admin/rendez-vous/creneaux`: times of one day, one after the other.
    static func addSlots(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let day = DateField.iso(form["jour"]), let first = ClockField.minutes(form["debut"]),
            let last = ClockField.minutes(form["fin"]), let minutes = Int(form["minutes"]),
            (5...480).contains(minutes), first < last
        else { return try await sites(visit, problem: .slotsIncomplete) }
        let starts = stride(from: first, through: last - minutes, by: minutes).compactMap {
            LocalTime.moment(iso: day, minuteOfDay: $0).map(Timestamp.init(rawValue:))
        }
        do {
            _ = try await visit.site.enrolment.addSlots(
                starts, minutes: minutes, at: ValidationSite.ID(rawValue: form["lieu"]), visit.holder())
        } catch EnrolmentRefusal.incomplete { return try await sites(visit, problem: .slotsIncomplete) }
        return .toPage("/admin/rendez-vous/lieux?fait=\(Flash.slotsAdded.rawValue)")
    }

    /// `POST /admin/rendez-vous/creneaux/annuler`.
    static func cancelSlot(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        do {
            try await visit.site.enrolment.cancelSlot(
                ValidationSlot.ID(rawValue: form["creneau"]), visit.holder())
        } catch EnrolmentRefusal.slotTaken { return try await sites(visit, problem: .slotTaken) }
        return .toPage("/admin/rendez-vous/lieux?fait=\(Flash.slotCancelled.rawValue)")
    }

    private static func sites(_ visit: Visit, problem: SitesPage.Problem? = nil) async throws -> Response {
        let holder = try visit.holder()
        let page = SitesPage(
            shell: try await visit.shell(), sites: try await visit.site.enrolment.sites(holder),
            mayChange: holder.role == .portalAdmin, problem: problem)
        return Response(html: page.html, status: problem == nil ? .ok : .unprocessableContent)
    }
}

/// A time of day as people type it: `09:00`, `9h30`, `14`.
enum ClockField {
    /// Minutes since midnight.
    static func minutes(_ text: String) -> Int? {
        let parts = text.utf8.split { !(0x30...0x39).contains($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let hour = parts.first.flatMap(Int.init), (0...24).contains(hour), parts.count <= 2 else {
            return nil
        }
        let minute = parts.count == 2 ? Int(parts[1]) ?? 60 : 0
        guard (0..<60).contains(minute), hour < 24 || minute == 0 else { return nil }
        return hour * 60 + minute
    }
}
