/// One illness as the hospital treats it: all documents about it are written from the same facts. Texts hold
/// tokens for the patient, see `Wording`.
struct Scenario: Sendable {
    let service: HospitalService
    /// Nights in hospital; 0 for an ambulatory follow-up.
    var nights = 0
    let diagnosis: String
    var secondary: [String] = []
    /// Why the patient came.
    let reason: String
    let history: String
    /// What was found on examination.
    let status: String
    var vitals = Vitals()
    /// What the emergency department decided; nil when the patient did not come through it.
    var emergency: String?
    var laboratory: [LabValue] = []
    /// Days after the beginning; the letter is written when the last value is there.
    var laboratoryDay = 1
    /// Adds blood count and electrolytes of an adult.
    var hasBasicPanel = true
    var examinations: [Examination] = []
    var operation: Operation?
    /// How it went in hospital.
    var course: [String] = []
    var treatment: [Medicine] = []
    var followUp: [String] = []
    var consultation: Consultation?
    /// Days off work from the beginning; a certificate is written when set.
    var daysOff: Int?
}

/// Typical values; each letter varies them a little.
struct Vitals: Sendable {
    var systolic = 132
    var diastolic = 78
    var pulse = 76
    /// Tenths of a degree Celsius.
    var temperature = 368
    var saturation = 97
    var breathing = 16
}

struct Medicine: Sendable {
    let name: String
    let dose: String
    let schedule: String
    let remark: String

    init(_ name: String, _ dose: String, _ schedule: String, _ remark: String = "") {
        self.name = name
        self.dose = dose
        self.schedule = schedule
        self.remark = remark
    }
}

/// A measured value with its usual range; a missing bound is open.
struct LabValue: Sendable {
    let name: String
    let value: Double
    let unit: String
    let low: Double?
    let high: Double?

    init(_ name: String, _ value: Double, _ unit: String, _ low: Double?, _ high: Double?) {
        self.name = name
        self.value = value
        self.unit = unit
        self.low = low
        self.high = high
    }
}

/// An imaging, endoscopic, functional or pathological examination with a report of its own.
struct Examination: Sendable {
    enum Kind: Sendable { case imaging, pathology, consultation }
    var kind = Kind.imaging
    let title: String
    var service = HospitalService.radiology
    /// Days after the beginning of the stay.
    var day = 0
    let indication: String
    let technique: String
    let findings: [String]
    let conclusion: String
}

struct Operation: Sendable {
    let title: String
    var day = 0
    let indication: String
    let anaesthesia: String
    let course: [String]
    let aftercare: [String]
}

/// A control after the stay, or the visit itself when the patient was not admitted.
struct Consultation: Sendable {
    let title: String
    /// Days after the beginning.
    let day: Int
    let interval: String
    let status: String
    let assessment: String
    let plan: [String]
}
