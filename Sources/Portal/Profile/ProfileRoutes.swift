import Access
import Directory
import HTTPTypes
import Hummingbird

/// One's own profile: the person, the organisation. Only what stands in a form's list of fields is read; whatever else
/// is sent changes nothing (class 43).
enum ProfileRoutes {
    /// `GET /profil`.
    static func showIdentity(_ visit: Visit) async throws -> Response {
        let profile = try await visit.site.directory.profile(visit.holder())
        return Response(
            html: IdentityPage(shell: try await visit.shell(), profile: profile, form: .shown(profile)).html)
    }

    /// `POST /profil`.
    static func saveIdentity(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        var form = IdentityForm()
        form.honorific = posted[.honorific]
        form.familyName = posted[.familyName]
        form.givenName = posted[.givenName]
        form.contactEmail = posted[.contactEmail]
        form.phone = posted[.phone]
        form.specialities = posted.checked(.specialities, of: Speciality.all.map(\.code))
        form.version = posted.version
        do {
            let isWaiting = try await visit.site.directory.saveIdentity(form, visit.holder())
            let flash: Flash = isWaiting ? .nameWaits : .profileSaved
            return .toPage("/profil?fait=\(flash.rawValue)")
        } catch let refusal as ProfileRefusal {
            let answer = try ProfileAnswer(refusal, visit, first: .honorific)
            form.version = answer.version ?? form.version
            let page = IdentityPage(
                shell: try await visit.shell(),
                profile: try await visit.site.directory.profile(visit.holder()),
                form: form, mistakes: answer.mistakes, isStale: answer.isStale)
            return Response(html: page.html, status: answer.status)
        }
    }

    /// `GET /profil/organisation`.
    static func showOrganization(_ visit: Visit) async throws -> Response {
        let profile = try await visit.site.directory.profile(visit.holder())
        let page = OrganizationPage(shell: try await visit.shell(), profile: profile, form: .shown(profile))
        return Response(html: page.html)
    }

    /// `POST /profil/organisation`.
    static func saveOrganization(_ visit: Visit) async throws -> Response {
        let posted = try await visit.form()
        var form = OrganizationForm()
        form.name = posted[.organizationName]
        form.email = posted[.organizationEmail]
        form.phone = posted[.organizationPhone]
        form.version = posted.version
        do {
            try await visit.site.directory.saveOrganization(form, visit.holder())
            return .toPage("/profil/organisation?fait=\(Flash.profileSaved.rawValue)")
        } catch let refusal as ProfileRefusal {
            let answer = try ProfileAnswer(refusal, visit, first: .organizationName)
            form.version = answer.version ?? form.version
            let page = OrganizationPage(
                shell: try await visit.shell(),
                profile: try await visit.site.directory.profile(visit.holder()),
                form: form, mistakes: answer.mistakes, isStale: answer.isStale)
            return Response(html: page.html, status: answer.status)
        }
    }
}

/// What a page says when a form was not saved. Refusals that are no matter of the form go on to the error pages.
struct ProfileAnswer: Sendable {
    let mistakes: [FieldMistake]
    var isStale = false
    /// From which version on the form is saved now.
    var version: Int?
    let status: HTTPResponse.Status

    /// - Parameter first: the field to which the summary leads when the whole form is meant.
    init(_ refusal: ProfileRefusal, _ visit: Visit, first: ProfileField) throws {
        let texts = ProfileFaultTexts(supportEmail: visit.site.brand.supportEmail)
        switch refusal {
        case .invalid(let faults):
            mistakes = texts.mistakes(faults)
            status = .unprocessableContent
        case .stale(let current):
            mistakes = [ProfileFaultTexts.stale(first)]
            isStale = true
            version = current
            status = .conflict
        case .notFound, .stopUnconfirmed, .samePerson, .alreadyDecided, .tooManyAddresses: throw refusal
        }
    }
}

extension PostedForm {
    subscript(_ field: ProfileField) -> String { self[field.rawValue] }

    /// The values of a list of boxes that were ticked.
    func checked(_ field: ProfileField, of values: [String]) -> [String] {
        values.filter { !self["\(field.rawValue)-\($0)"].isEmpty }
    }

    /// From which version of the tab the form was made; what is no number fits none.
    var version: Int { Int(self["version"]) ?? -1 }
}

extension IdentityForm {
    /// As saved, with the telephone number as people read it.
    static func shown(_ profile: Profile) -> IdentityForm {
        var form = IdentityForm(profile)
        form.phone = PhoneTexts.international(form.phone)
        return form
    }
}

extension OrganizationForm {
    /// As saved, with the telephone number as people read it.
    static func shown(_ profile: Profile) -> OrganizationForm {
        var form = OrganizationForm(profile)
        form.phone = PhoneTexts.international(form.phone)
        return form
    }
}
