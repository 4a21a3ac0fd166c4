import Access
import Dispatches
import Documents
import Foundation
import HTTPTypes
import Hummingbird

/// The accesses of one patient, for who looks after the protection of data at the hospital.
enum PatientAccessesRoutes {
    /// `GET /dpo/patients`: the form.
    static func show(_ visit: Visit) async throws -> Response {
        try await mayRead(visit)
        return Response(html: PatientAccessesPage(shell: try await visit.shell()).html)
    }

    /// `POST /dpo/patients`.
    static func search(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try await mayRead(visit)
        var page = PatientAccessesPage(shell: try await visit.shell())
        page.number = number(form)
        (page.from, page.until) = (form["du"], form["au"])
        if !(1...50).contains(page.number.utf8.count) {
            page.mistakes.append(
                FieldMistake(
                    field: "numero", text: t("Saisissez le numéro de la patiente ou du patient.")))
        }
        let period = period(form, &page.mistakes)
        guard page.mistakes.isEmpty else {
            return Response(html: page.html, status: .unprocessableContent)
        }
        page.accesses = try await visit.site.dispatches.patientAccesses(
            number: page.number, in: period, before: Int64(form["avant"]), visit.holder())
        return Response(html: page.html)
    }

    /// `POST /dpo/patients/export`.
    static func export(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let number = number(form)
        var mistakes: [FieldMistake] = []
        let period = period(form, &mistakes)
        guard mistakes.isEmpty, (1...50).contains(number.utf8.count), ["atc", "csv"].contains(form["format"])
        else {
            throw PageRefusal.badForm
        }
        let accesses = try await visit.site.dispatches.exportPatientAccesses(
            number: number, in: period, format: form["format"], visit.holder())
        // the name of the file tells nobody
        let name =
            "\(LocalTime(visit.now.rawValue).iso)_acces_\(accesses.patientID.rawValue.prefix(8))"
            + (accesses.next == nil ? "" : "_incomplet")
        if form["format"] == "csv" {
            return Response(file: AccessesCSV.file(accesses), named: "\(name).csv", "text/csv; charset=utf-8")
        }
        let file = visit.site.trailForms.atc(accesses, visit.site.dispatches.patientSystem, number)
        return Response(file: file, named: "\(name).json", "application/fhir+json; charset=utf-8")
    }

    private static func period(_ form: PostedForm, _ mistakes: inout [FieldMistake]) -> AccessPeriod {
        AccessPeriod(
            from: DateField.moment(form["du"], in: "du", &mistakes),
            until: DateField.moment(form["au"], in: "au", &mistakes, isEnd: true))
    }

    private static func number(_ form: PostedForm) -> String {
        form["numero"].trimmingCharacters(in: .whitespaces)
    }

    /// Who has not the duty does not even see the form.
    private static func mayRead(_ visit: Visit) async throws {
        guard try await visit.site.access.hasDuty(.dataProtection, visit.holder()) else {
            throw ServiceRefusal.noDuty
        }
    }
}
