/// What Exim 4.96 of Debian 12 sent in the same place, byte for byte. It says 5.0.0 of everything, and the receiving system's
/// own code in the diagnosis only.
enum EximReports {
    /// The receiving system does not know the mailbox.
    static let failed = """
        Received: from Debian-exim by relais.hul.example with local (Exim 4.96)
        \tid 1xUwGj-00051Y-0E
        \tfor retours+0123456789abcdef0123456789abcdef@hul.example;
        \tSun, 22 Nov 2026 01:21:25 +0000
        X-Failed-Recipients: claire.favre@hin.example
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@relais.hul.example>
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        References: <0123456789abcdef0123456789abcdef@hul.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=1795310485-eximdsn-1444354548
        MIME-Version: 1.0
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <E1xUwGj-00051Y-0E@relais.hul.example>
        Date: Sun, 22 Nov 2026 01:21:25 +0000

        --1795310485-eximdsn-1444354548
        Content-type: text/plain; charset=us-ascii

        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          claire.favre@hin.example
            host 127.0.0.1 [127.0.0.1]
            SMTP error from remote mail server after RCPT TO:<claire.favre@hin.example>:
            550 5.1.1 <claire.favre@hin.example>: Recipient address rejected:
            User unknown

        --1795310485-eximdsn-1444354548
        Content-type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example

        Action: failed
        Final-Recipient: rfc822;claire.favre@hin.example
        Status: 5.0.0
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 550 5.1.1 <claire.favre@hin.example>: Recipient address rejected: User unknown

        --1795310485-eximdsn-1444354548
        Content-type: message/rfc822

        Return-path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from root by relais.hul.example with local (Exim 4.96)
        \t(envelope-from <retours+0123456789abcdef0123456789abcdef@hul.example>)
        \tid 1xUwGi-00051R-2y
        \tfor claire.favre@hin.example;
        \tSun, 22 Nov 2026 01:21:24 +0000
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: claire.favre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        Un document vous est transmis.

        --1795310485-eximdsn-1444354548--

        """

    /// It tries on.
    static let delayed = """
        Received: from Debian-exim by relais.hul.example with local (Exim 4.96)
        \tid 1xUwGm-00053L-1Q
        \tfor retours+0123456789abcdef0123456789abcdef@hul.example;
        \tSun, 22 Nov 2026 01:21:28 +0000
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@relais.hul.example>
        To: retours+0123456789abcdef0123456789abcdef@hul.example
        References: <0123456789abcdef0123456789abcdef@hul.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=1795310488-eximdsn-994502011
        MIME-Version: 1.0
        Subject: Warning: message 1xUwGj-00051f-0S delayed 0 minutes
        Message-Id: <E1xUwGm-00053L-1Q@relais.hul.example>
        Date: Sun, 22 Nov 2026 01:21:28 +0000

        --1795310488-eximdsn-994502011
        Content-type: text/plain; charset=us-ascii

        This message was created automatically by mail delivery software.
        A message that you sent has not yet been delivered to one or more of its
        recipients after more than 0 minutes on the queue on relais.hul.example.

        The message identifier is:     1xUwGj-00051f-0S
        The date of the message is:    Fri, 20 Nov 2026 08:00:00 +0000
        The subject of the message is: Document transmis

        The address to which the message has not yet been delivered is:

          later.favre@hin.example
            host 127.0.0.1 [127.0.0.1]
            Delay reason: SMTP error from remote mail server after RCPT TO:<later.favre@hin.example>:
            451 4.3.0 <later.favre@hin.example>: try again later

        No action is required on your part. Delivery attempts will continue for
        some time, and this warning may be repeated at intervals if the message
        remains undelivered. Eventually the mail delivery software will give up,
        and when that happens, the message will be returned to you.

        --1795310488-eximdsn-994502011
        Content-type: message/delivery-status

        Reporting-MTA: dns; relais.hul.example

        Action: delayed
        Final-Recipient: rfc822;later.favre@hin.example
        Status: 4.0.0
        Remote-MTA: dns; 127.0.0.1
        Diagnostic-Code: smtp; 451 4.3.0 <later.favre@hin.example>: try again later

        --1795310488-eximdsn-994502011
        Content-type: text/rfc822-headers

        Return-path: <retours+0123456789abcdef0123456789abcdef@hul.example>
        Received: from root by relais.hul.example with local (Exim 4.96)
        \t(envelope-from <retours+0123456789abcdef0123456789abcdef@hul.example>)
        \tid 1xUwGj-00051f-0S
        \tfor later.favre@hin.example;
        \tSun, 22 Nov 2026 01:21:25 +0000
        Date: Fri, 20 Nov 2026 08:00:00 +0000
        From: "Mon Espace Pro" <ne-pas-repondre@hul.example>
        To: later.favre@hin.example
        Message-ID: <0123456789abcdef0123456789abcdef@hul.example>
        Subject: Document transmis
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8


        --1795310488-eximdsn-994502011--

        """
}
