"""A mail server for tests: aiosmtpd on a free port of this machine, which writes every mail that it takes to a folder.

Recipients say what becomes of them: refuse-…@ gets 550, later-…@ 451 and busy-…@ 450 until the file `ready` is in the
folder, slow-…@ no answer while the file `slow` is there, drop-…@ a connection that ends within DATA as long as the file
`drop` is there, no-content-…@ a refusal of the content with 554, mute-…@ no word of it while the file `mute` is there, although the
mail is taken.
"""
import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = folder
        # Started again, it must not write over what it took before.
        self.taken = sum(name.endswith(".json") for name in os.listdir(folder))

    def has(self, name):
        return os.path.exists(os.path.join(self.folder, name))

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local.startswith("refuse-"):
            return "550 5.1.1 no such mailbox"
        if local.startswith("later-") and not self.has("ready"):
            return "451 4.7.1 come back later"
        if local.startswith("busy-") and not self.has("ready"):
            return "450 4.2.0 mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        locals_ = [address.split("@")[0] for address in envelope.rcpt_tos]
        if any(local.startswith("no-content-") for local in locals_):
            return "554 5.7.1 content refused"
        while any(local.startswith("slow-") for local in locals_) and self.has("slow"):
            await asyncio.sleep(0.05)
        self.write(session, envelope)
        while any(local.startswith("mute-") for local in locals_) and self.has("mute"):
            await asyncio.sleep(0.05)
        return "250 OK"

    def write(self, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken += 1
        taken = {
            "from": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "user": str(session.auth_data) if session.auth_data else None,
            "encrypted": session.ssl is not None,
            "headers": [[name, str(value)] for name, value in message.items()],
            "type": message.get_content_type(),
            "parts": [
                {"type": part.get_content_type(), "charset": part.get_content_charset(), "text": part.get_content()}
                for part in message.iter_parts()
            ],
        }
        # Whoever looks sees whole files only.
        path = os.path.join(self.folder, f"{self.taken:05}.json")
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(taken, file)
        os.rename(path + ".new", path)


class Server(SMTP):
    async def smtp_DATA(self, arg):
        dropped = any(address.startswith("drop-") for address in self.envelope.rcpt_tos)
        if dropped and self.event_handler.has("drop"):
            await self.push("354 go ahead")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_AUTH(self, arg):
        # The client of .NET says "login"; names of mechanisms are alike in either case to most servers.
        mechanism, *rest = (arg or "").split()
        await super().smtp_AUTH(" ".join([mechanism.upper(), *rest]))


def authenticator(expected):
    def check(server, session, envelope, mechanism, data):
        given = f"{data.login.decode()}:{data.password.decode()}"
        return AuthResult(success=given == expected, handled=False, auth_data=data.login.decode())

    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--user", help="user:password, which is demanded")
    parser.add_argument("--certificate", help="a file with certificate and key; STARTTLS is demanded")
    args = parser.parse_args()
    handler = Handler(args.folder)
    settings = {"hostname": "localhost", "enable_SMTPUTF8": False}
    if args.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(args.certificate)
        settings.update(tls_context=context, require_starttls=True)
    if args.user:
        settings.update(
            authenticator=authenticator(args.user), auth_required=True, auth_require_tls=bool(args.certificate))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(handler, loop=loop, **settings), "127.0.0.1", args.port)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The test holds the other end: when it ends, however it ends, so does this.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
