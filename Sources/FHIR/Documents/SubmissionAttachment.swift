/// The document itself.
extension SubmissionDecoding {
    func attachment() -> DocumentSubmission.Attachment? {
        let contents = root.each("content")
        guard let content = contents.first else { return nil }
        if contents.count > 1 { findings.add(.invalid, "Exactly one content", at: contents[1].path) }
        let element = content["attachment"]
        guard element.isPresent else { return nil }
        if element["url"].isPresent {
            findings.add(.invalid, "The document should be inline, in data", at: element["url"].path)
        }
        let contentType = contentType(element["contentType"])
        let hash = hash(element["hash"])
        let bytes = bytes(element)
        let title = text(element["title"], limit: SubmissionOptions.titleBytes)
        guard let contentType, let bytes else { return nil }
        return .init(
            contentType: contentType, language: language(element), title: title,
            creation: element["creation"].dateTime, content: bytes, hash: hash)
    }

    private func contentType(_ element: Element) -> String? {
        guard let text = element.text else {
            missing(element)
            return nil
        }
        let type = text.lowercased()
        guard options.mediaTypes.contains(type) else {
            let accepted = options.mediaTypes.joined(separator: ", ")
            findings.add(.codeInvalid, "The contentType should be \(accepted)", at: element.path)
            return nil
        }
        return type
    }

    /// The language of the document, else that of the resource.
    private func language(_ element: Element) -> String? {
        let code = element["language"].text ?? root["language"].text
        return code.flatMap { $0.utf8.count <= 35 ? $0 : nil }
    }

    private func hash(_ element: Element) -> [UInt8]? {
        guard let text = element.text else {
            if options.requiresHash { missing(element) }
            return nil
        }
        guard let hash = try? Base64.decode(text), hash.count == 20 else {
            findings.add(.value, "The hash should be the base64 of the 20 bytes of a SHA-1", at: element.path)
            return nil
        }
        return hash
    }

    private func bytes(_ attachment: Element) -> [UInt8]? {
        let element = attachment["data"]
        guard case .data(let text)? = element.json else {
            if !element.isPresent { missing(element, "The document should be here, as base64") }
            return nil
        }
        do throws(Base64.Fault) {
            let bytes = try Base64.decode(text, limit: options.maximumDocumentBytes)
            guard !bytes.isEmpty else {
                missing(element, "The document is empty")
                return nil
            }
            checkSize(attachment["size"], bytes.count)
            return bytes
        } catch {
            findings.add(issue(for: error, at: element))
            return nil
        }
    }

    private func issue(for fault: Base64.Fault, at element: Element) -> OperationOutcome.Issue {
        switch fault {
        case .alphabet(let offset):
            .init(.value, "Not base64: byte \(offset) of the text is outside the alphabet", at: element.path)
        case .padding:
            .init(.value, "Not base64: the padding is wrong or the text is cut off", at: element.path)
        case .size:
            .init(
                .tooLong, "The document has more than \(options.maximumDocumentBytes) bytes", at: element.path
            )
        }
    }

    private func checkSize(_ element: Element, _ count: Int) {
        guard case .number(let number)? = element.json, let size = Int(number), size != count else { return }
        findings.add(
            .invalid, "The size given is \(size), the decoded data have \(count) bytes", at: element.path,
            details: "XDSNonIdenticalSize")
    }
}
