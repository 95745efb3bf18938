"""Who may do what: sign-in by one-time link or account, sessions, the secret that forms carry, the audit log."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from licensecheck.errors import UsageError
from licensecheck.web.database import Connection, Database
from licensecheck.web.tables import Account, AuditEntry, Session

ROLES = ("reader", "reviewer", "admin")
"""What a person may do, each including the ones before: look; state facts, answer and sign; keep accounts."""
COOKIE = "licensecheck_session"
LASTS = datetime.timedelta(hours=12)
TRIES = 5
"""Wrong passwords for one name, or from one address, before the log-in waits."""
WAIT = datetime.timedelta(minutes=5)
MIN_PASSWORD = 12
LOG_PAGE = 200
Clock = Callable[[], datetime.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who is signed in; `csrf` is the secret that forms of this session carry."""

    name: str
    role: str
    csrf: str

    def may(self, role: str) -> bool:
        """True where the user's role includes this one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(slots=True)
class Access:
    """Sign-in for one server: `link_token` opens it once; with `accounts` names and passwords do."""

    database: Database
    clock: Clock
    accounts: bool = False
    link_token: str | None = field(default_factory=lambda: secrets.token_urlsafe(32))
    _tries: dict[str, deque[datetime.datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def use_link(self, token: str) -> str | None:
        """The cookie for whoever brings the one-time token; it is spent by that."""
        if self.link_token is None or not hmac.compare_digest(token.encode(), self.link_token.encode()):
            return None
        self.link_token = None
        return self._open("local", "admin")

    def log_in(self, name: str, password: str, *, address: str) -> str | None:
        """The cookie for a name and password; None where they are wrong or tried too often."""
        from argon2 import PasswordHasher
        from argon2.exceptions import VerificationError

        keys = (f"name {name.casefold()[:200]}", f"address {address}")
        if not self._may_try(keys):
            return None
        with self.database.reading() as found:
            account = found.scalar(select(Account).where(Account.name == name))
        try:
            PasswordHasher().verify(account.password if account else _NOBODY, password)
        except VerificationError:
            account = None
        if account is None:
            with self.database.transaction() as work:
                self.log(work, name[:200], "log-in refused", address)
            return None
        with self._lock:
            for key in keys:
                if self._tries.get(key):
                    self._tries[key].pop()
        return self._open(account.name, account.role)

    def _may_try(self, keys: tuple[str, ...]) -> bool:
        """Count a try for each key before the password is looked at, so that many at once gain nothing."""
        now = self.clock()
        with self._lock:
            for key in [key for key, tries in self._tries.items() if not tries or tries[-1] < now - WAIT]:
                del self._tries[key]
            counted = [self._tries.setdefault(key, deque(maxlen=TRIES)) for key in keys]
            if any(len(tries) == TRIES and tries[0] >= now - WAIT for tries in counted):
                return False
            for tries in counted:
                tries.append(now)
            return True

    def _open(self, name: str, role: str) -> str:
        cookie = secrets.token_urlsafe(32)
        with self.database.transaction() as work:
            work.execute(delete(Session).where(Session.expires < self.clock()))
            work.add(Session(token=_digest(cookie), name=name, role=role, expires=self.clock() + LASTS))
            self.log(work, name, "signed in")
        return cookie

    def user_of(self, cookie: str | None) -> User | None:
        """Who the cookie belongs to; None where nobody is signed in with it."""
        if not cookie:
            return None
        with self.database.reading() as found:
            session = found.scalar(select(Session).where(Session.token == _digest(cookie)))
        if session is None or session.expires < self.clock():
            return None
        return User(name=session.name, role=session.role, csrf=_digest(f"form {cookie}"))

    def log_out(self, cookie: str, by: str) -> None:
        """Forget the session."""
        with self.database.transaction() as work:
            self.log(work, by, "signed out")
            work.execute(delete(Session).where(Session.token == _digest(cookie)))

    def log(self, work: Connection, by: str, action: str, detail: str = "") -> None:
        """Write down what somebody did, in the same transaction."""
        work.add(AuditEntry(at=self.clock(), by=by, action=action, detail=detail))

    def entries(self, page: int) -> tuple[Sequence[AuditEntry], int]:
        """One page of the log, newest first, and how many pages there are."""
        with self.database.reading() as found:
            last = max(1, -(-(found.scalar(select(func.count(AuditEntry.id))) or 0) // LOG_PAGE))
            wanted = select(AuditEntry).order_by(AuditEntry.id.desc())
            return found.scalars(wanted.limit(LOG_PAGE).offset((page - 1) * LOG_PAGE)).all(), last


def add_account(database: Database, name: str, password: str, role: str, *, now: datetime.datetime) -> None:
    """Make an account, or give an existing one another password and role; UsageError where the password is short."""
    from argon2 import PasswordHasher

    if role not in ROLES:
        raise UsageError(f"{role}: not a role; use one of {', '.join(ROLES)}")
    if len(password) < MIN_PASSWORD:
        raise UsageError(f"the password has fewer than {MIN_PASSWORD} characters")
    hashed = PasswordHasher().hash(password)
    with database.transaction() as work:
        account = work.scalar(select(Account).where(Account.name == name))
        if account is None:
            work.add(Account(name=name, role=role, password=hashed, created=now))
        else:
            account.role, account.password = role, hashed
        work.execute(delete(Session).where(Session.name == name))
        work.add(AuditEntry(at=now, by="command line", action="account", detail=f"{name}: {role}"))


def is_form_of(user: User, sent: str | None) -> bool:
    """True where a form carries the secret of the user's own session."""
    return sent is not None and hmac.compare_digest(sent.encode(), user.csrf.encode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5bm9ib2R5$ZHVtbXlkdW1teWR1bW15ZHVtbXlkdW1teWR1bW15ZHU"
"""Verified where a name is not known, so that the answer takes as long as for one that is."""
