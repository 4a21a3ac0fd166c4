"""smtp_sink.py PORT DIR: a mail relay with STARTTLS (certificate in DIR) and the user portal/secret.

Accepted mail becomes one file each in DIR/maildir/new. Recipients that begin with tempfail get 451, with
unknown 550. Prints "ready", ends when standard input ends. With a third argument "plain": no TLS, no user.
"""
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult

port, folder = int(sys.argv[1]), sys.argv[2]
is_plain = sys.argv[3:] == ["plain"]


class Sink(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("tempfail"):
            return "451 4.3.0 try later"
        if address.startswith("unknown"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    # handled=False: otherwise a wrong password waits 30 s
    return AuthResult(success=data.login == b"portal" and data.password == b"secret", handled=False)


options = {}
if not is_plain:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder + "/srv.crt", folder + "/srv.key")
    options = dict(tls_context=tls, require_starttls=True, authenticator=check, auth_required=True)
controller = Controller(Sink(folder + "/maildir"), hostname="127.0.0.1", port=port, **options)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
