/// What Postfix 3.7.11 of Debian 12 sent to `retours+TOKEN@hul.example`, byte for byte, when it could not hand on a mail of
/// ours: the mailbox of a practice that does not exist, and one whose address is not ASCII.
enum PostfixReports {
    /// The receiving system does not know the mailbox; the mail comes back whole.
    static let failed = """
        Received: by relais.hul.example (Postfix)
        \tid 56B831AA350; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        From: Mail Delivery System <MAILER-DAEMON@relais.hul.example>
        Subject: Undelivered Mail Returned to Sender
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="43A1D1AA349.1795310281/relais.hul.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261122011801.56B831AA350@relais.hul.example>

        This is a MIME-encapsulated message.

        --43A1D1AA349.1795310281/relais.hul.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This is the mail system at host relais.hul.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        For further assistance, please send mail to postmaster.

        If you do so, please include this problem report. You can
        delete your own text from the attached returned message.

                           The mail system

        <claire.favre@hin.example>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1
            <claire.favre@hin.example>: Recipient address rejected: User unknown (in
            reply to RCPT TO command)

        --43A1D1AA349.1795310281/relais.hul.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example
        X-Postfix-Queue-ID: 43A1D1AA349
        X-Postfix-Sender: rfc822; retours+0123456789abcdef0123456789abcdef@hul.example
        Arrival-Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)

        Final-Recipient: rfc822; claire.favre@hin.example
        Original-Recipient: rfc822;claire.favre@hin.example
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 550 5.1.1 <claire.favre@hin.example>: Recipient address
            rejected: User unknown

        --43A1D1AA349.1795310281/relais.hul.example
        Content-Description: Undelivered Message
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Return-Path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from [127.0.0.1] (localhost [127.0.0.1])
        \tby relais.hul.example (Postfix) with ESMTP id 43A1D1AA349
        \tfor <claire.favre@hin.example>; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: claire.favre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Un document vous est transmis.

        --43A1D1AA349.1795310281/relais.hul.example--

        """

    /// The same for an address in UTF-8 (RFC 6533): other types of parts.
    static let failedInternational = """
        Received: by relais.hul.example (Postfix)
        \tid 5F86E1AA350; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        From: Mail Delivery System <MAILER-DAEMON@relais.hul.example>
        Subject: Undelivered Mail Returned to Sender
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4EEC01AA34D.1795310281/relais.hul.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261122011801.5F86E1AA350@relais.hul.example>

        This is a MIME-encapsulated message.

        --4EEC01AA34D.1795310281/relais.hul.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This is the mail system at host relais.hul.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        For further assistance, please send mail to postmaster.

        If you do so, please include this problem report. You can
        delete your own text from the attached returned message.

                           The mail system

        <claire.fàvre@hin.example>: host 127.0.0.1[127.0.0.1] said: 550 5.1.1
            <claire.fàvre@hin.example>: Recipient address rejected: User unknown (in
            reply to RCPT TO command)

        --4EEC01AA34D.1795310281/relais.hul.example
        Content-Description: Delivery report
        Content-Type: message/global-delivery-status
        Content-Transfer-Encoding: 8bit

        Reporting-MTA: dns; relais.hul.example
        X-Postfix-Queue-ID: 4EEC01AA34D
        X-Postfix-Sender: rfc822; retours+0123456789abcdef0123456789abcdef@hul.example
        Arrival-Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)

        Final-Recipient: utf-8; claire.fàvre@hin.example
        Original-Recipient: rfc822;claire.fàvre@hin.example
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 550 5.1.1 <claire.fàvre@hin.example>: Recipient address
            rejected: User unknown

        --4EEC01AA34D.1795310281/relais.hul.example
        Content-Description: Undelivered Message
        Content-Type: message/global
        Content-Transfer-Encoding: 8bit

        Return-Path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from [127.0.0.1] (localhost [127.0.0.1])
        \tby relais.hul.example (Postfix) with UTF8SMTP id 4EEC01AA34D
        \tfor <claire.fàvre@hin.example>; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: claire.fàvre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document déposé
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Un document vous est transmis.

        --4EEC01AA34D.1795310281/relais.hul.example--

        """
}
