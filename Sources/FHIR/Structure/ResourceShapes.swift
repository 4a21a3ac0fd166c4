extension Shape {
    static let resources: [String: Shape] = [
        "DocumentReference": .resource(
            """
            masterIdentifier:Identifier identifier*Identifier status!code docStatus:code type:CodeableConcept
            category*CodeableConcept subject:Reference date:instant author*Reference authenticator:Reference
            custodian:Reference relatesTo*DocumentReference_RelatesTo description:string
            securityLabel*CodeableConcept content+DocumentReference_Content context:DocumentReference_Context
            """),
        "DocumentReference_RelatesTo": .backbone("code!code target!Reference"),
        "DocumentReference_Content": .backbone("attachment!Attachment format:Coding"),
        "DocumentReference_Context": .backbone(
            """
            encounter*Reference event*CodeableConcept period:Period facilityType:CodeableConcept
            practiceSetting:CodeableConcept sourcePatientInfo:Reference related*Reference
            """),
        "Consent": .resource(
            """
            identifier*Identifier status!code scope!CodeableConcept category+CodeableConcept patient:Reference
            dateTime:dateTime performer*Reference organization*Reference sourceAttachment:Attachment
            sourceReference:Reference policy*Consent_Policy policyRule:CodeableConcept
            verification*Consent_Verification provision:Consent_Provision
            """),
        "Consent_Policy": .backbone("authority:uri uri:uri"),
        "Consent_Verification": .backbone(
            "verified!boolean verifiedWith:Reference verificationDate:dateTime"),
        "Consent_Provision": .backbone(
            """
            type:code period:Period actor*Consent_Actor action*CodeableConcept securityLabel*Coding
            purpose*Coding class*Coding code*CodeableConcept dataPeriod:Period data*Consent_Data
            provision*Consent_Provision
            """),
        "Consent_Actor": .backbone("role!CodeableConcept reference!Reference"),
        "Consent_Data": .backbone("meaning!code reference!Reference"),
        "Patient": .resource(
            """
            identifier*Identifier active:boolean name*HumanName telecom*ContactPoint gender:code
            birthDate:date deceasedBoolean:boolean deceasedDateTime:dateTime address*Address
            maritalStatus:CodeableConcept multipleBirthBoolean:boolean multipleBirthInteger:integer
            photo*Attachment contact*Patient_Contact
            communication*Patient_Communication generalPractitioner*Reference managingOrganization:Reference
            link*Patient_Link
            """),
        "Patient_Contact": .backbone(
            """
            relationship*CodeableConcept name:HumanName telecom*ContactPoint address:Address gender:code
            organization:Reference period:Period
            """),
        "Patient_Communication": .backbone("language!CodeableConcept preferred:boolean"),
        "Patient_Link": .backbone("other!Reference type!code"),
        "Practitioner": .resource(
            """
            identifier*Identifier active:boolean name*HumanName telecom*ContactPoint address*Address
            gender:code birthDate:date photo*Attachment qualification*Practitioner_Qualification
            communication*CodeableConcept
            """),
        "Practitioner_Qualification": .backbone(
            "identifier*Identifier code!CodeableConcept period:Period issuer:Reference"),
        "PractitionerRole": .resource(
            """
            identifier*Identifier active:boolean period:Period practitioner:Reference organization:Reference
            code*CodeableConcept specialty*CodeableConcept location*Reference healthcareService*Reference
            telecom*ContactPoint availableTime*PractitionerRole_AvailableTime
            notAvailable*PractitionerRole_NotAvailable availabilityExceptions:string endpoint*Reference
            """),
        "PractitionerRole_AvailableTime": .backbone(
            "daysOfWeek*code allDay:boolean availableStartTime:time availableEndTime:time"),
        "PractitionerRole_NotAvailable": .backbone("description!string during:Period"),
        "Organization": .resource(
            """
            identifier*Identifier active:boolean type*CodeableConcept name:string alias*string
            telecom*ContactPoint address*Address partOf:Reference contact*Organization_Contact
            endpoint*Reference
            """),
        "Organization_Contact": .backbone(
            "purpose:CodeableConcept name:HumanName telecom*ContactPoint address:Address"),
        "Encounter": .resource(
            """
            identifier*Identifier status!code statusHistory*Encounter_StatusHistory class!Coding
            classHistory*Encounter_ClassHistory type*CodeableConcept serviceType:CodeableConcept
            priority:CodeableConcept subject:Reference episodeOfCare*Reference basedOn*Reference
            participant*Encounter_Participant appointment*Reference period:Period length:Duration
            reasonCode*CodeableConcept reasonReference*Reference diagnosis*Encounter_Diagnosis
            account*Reference hospitalization:Encounter_Hospitalization location*Encounter_Location
            serviceProvider:Reference partOf:Reference
            """),
        "Encounter_StatusHistory": .backbone("status!code period!Period"),
        "Encounter_ClassHistory": .backbone("class!Coding period!Period"),
        "Encounter_Participant": .backbone("type*CodeableConcept period:Period individual:Reference"),
        "Encounter_Diagnosis": .backbone("condition!Reference use:CodeableConcept rank:positiveInt"),
        "Encounter_Hospitalization": .backbone(
            """
            preAdmissionIdentifier:Identifier origin:Reference admitSource:CodeableConcept
            reAdmission:CodeableConcept dietPreference*CodeableConcept specialCourtesy*CodeableConcept
            specialArrangement*CodeableConcept destination:Reference dischargeDisposition:CodeableConcept
            """),
        "Encounter_Location": .backbone(
            "location!Reference status:code physicalType:CodeableConcept period:Period"),
    ]
}
