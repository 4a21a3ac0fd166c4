/// More of what Postfix 3.7.11 sent: with the header of the mail only, as for all that is large or not given up yet.
enum PostfixWarnings {
    /// A mail above `bounce_size_limit`, for a mailbox that is full.
    static let overQuota = """
        Received: by relais.hul.example (Postfix)
        \tid 6932B1AA355; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        From: Mail Delivery System <MAILER-DAEMON@relais.hul.example>
        Subject: Undelivered Mail Returned to Sender
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="44EEB1AA34A.1795310281/relais.hul.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261122011801.6932B1AA355@relais.hul.example>

        This is a MIME-encapsulated message.

        --44EEB1AA34A.1795310281/relais.hul.example
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

        <full.favre@hin.example>: host 127.0.0.1[127.0.0.1] said: 552-5.2.2 The mailbox
            of this user is full 552 5.2.2 over quota (#5.2.2) (in reply to RCPT TO
            command)

        --44EEB1AA34A.1795310281/relais.hul.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example
        X-Postfix-Queue-ID: 44EEB1AA34A
        X-Postfix-Sender: rfc822; retours+0123456789abcdef0123456789abcdef@hul.example
        Arrival-Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)

        Final-Recipient: rfc822; full.favre@hin.example
        Original-Recipient: rfc822;full.favre@hin.example
        Action: failed
        Status: 5.2.2
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 552-5.2.2 The mailbox of this user is full 552 5.2.2
            over quota (#5.2.2)

        --44EEB1AA34A.1795310281/relais.hul.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers
        Content-Transfer-Encoding: 8bit

        Return-Path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from [127.0.0.1] (localhost [127.0.0.1])
        \tby relais.hul.example (Postfix) with ESMTP id 44EEB1AA34A
        \tfor <full.favre@hin.example>; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: full.favre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        --44EEB1AA34A.1795310281/relais.hul.example--

        """

    /// Sent after `delay_warning_time`: it tries on.
    static let delayed = """
        Received: by relais.hul.example (Postfix)
        \tid 65C611AA350; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        From: Mail Delivery System <MAILER-DAEMON@relais.hul.example>
        Subject: Delayed Mail (still being retried)
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="45D1B1AA34B.1795310281/relais.hul.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261122011801.65C611AA350@relais.hul.example>

        This is a MIME-encapsulated message.

        --45D1B1AA34B.1795310281/relais.hul.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This is the mail system at host relais.hul.example.

        ####################################################################
        # THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
        ####################################################################

        Your message could not be delivered for more than 0 hour(s).
        It will be retried until it is 0 day(s) old.

        For further assistance, please send mail to postmaster.

        If you do so, please include this problem report. You can
        delete your own text from the attached returned message.

                           The mail system

        <later.favre@hin.example>: host 127.0.0.1[127.0.0.1] said: 451 4.3.0
            <later.favre@hin.example>: try again later (in reply to RCPT TO command)

        --45D1B1AA34B.1795310281/relais.hul.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example
        X-Postfix-Queue-ID: 45D1B1AA34B
        X-Postfix-Sender: rfc822; retours+0123456789abcdef0123456789abcdef@hul.example
        Arrival-Date: Sun, 22 Nov 2026 01:18:01 +0000 (UTC)

        Final-Recipient: rfc822; later.favre@hin.example
        Original-Recipient: rfc822;later.favre@hin.example
        Action: delayed
        Status: 4.3.0
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 451 4.3.0 <later.favre@hin.example>: try again later
        Will-Retry-Until: Sun, 22 Nov 2026 01:18:21 +0000 (UTC)

        --45D1B1AA34B.1795310281/relais.hul.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers
        Content-Transfer-Encoding: 8bit

        Return-Path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from [127.0.0.1] (localhost [127.0.0.1])
        \tby relais.hul.example (Postfix) with ESMTP id 45D1B1AA34B
        \tfor <later.favre@hin.example>; Sun, 22 Nov 2026 01:18:01 +0000 (UTC)
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: later.favre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        --45D1B1AA34B.1795310281/relais.hul.example--

        """

    /// Asked for by `NOTIFY=SUCCESS`: handed to a system that tells nothing more.
    static let relayed = """
        Received: by relais.hul.example (Postfix)
        \tid 534431AA428; Sun, 22 Nov 2026 01:18:24 +0000 (UTC)
        Date: Sun, 22 Nov 2026 01:18:24 +0000 (UTC)
        From: Mail Delivery System <MAILER-DAEMON@relais.hul.example>
        Subject: Successful Mail Delivery Report
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="3FB0F1AA410.1795310304/relais.hul.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20261122011824.534431AA428@relais.hul.example>

        This is a MIME-encapsulated message.

        --3FB0F1AA410.1795310304/relais.hul.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This is the mail system at host relais.hul.example.

        Your message was successfully delivered to the destination(s)
        listed below. If the message was delivered to mailbox you will
        receive no further notifications. Otherwise you may still receive
        notifications of mail delivery errors from other systems.

                           The mail system

        <ok.favre@hin.example>: delivery via 127.0.0.1[127.0.0.1]:27825: 250 2.0.0 Ok

        --3FB0F1AA410.1795310304/relais.hul.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example
        X-Postfix-Queue-ID: 3FB0F1AA410
        X-Postfix-Sender: rfc822; retours+0123456789abcdef0123456789abcdef@hul.example
        Arrival-Date: Sun, 22 Nov 2026 01:18:24 +0000 (UTC)

        Final-Recipient: rfc822; ok.favre@hin.example
        Original-Recipient: rfc822;ok.favre@hin.example
        Action: relayed
        Status: 2.0.0
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 250 2.0.0 Ok

        --3FB0F1AA410.1795310304/relais.hul.example
        Content-Description: Message Headers
        Content-Type: text/rfc822-headers
        Content-Transfer-Encoding: 8bit

        Return-Path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from [127.0.0.1] (localhost [127.0.0.1])
        \tby relais.hul.example (Postfix) with ESMTP id 3FB0F1AA410
        \tfor <ok.favre@hin.example>; Sun, 22 Nov 2026 01:18:24 +0000 (UTC)
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        Date: Sun, 22 Nov 2026 01:18:24 +0000 (UTC)
        From: retours+0123456789abcdef0123456789abcdef@hul.example

        --3FB0F1AA410.1795310304/relais.hul.example--

        """
}
