"""What the register keeps: products and their facts, targets, reviews, signatures, accounts, the audit log."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all tables."""


class Product(Base):
    """A product whose models are reviewed; its facts are the newest of its profiles."""

    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    owner: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime.datetime]


class ProfileVersion(Base):
    """One version of a product's facts: the profile as YAML, byte for byte what the command line reads."""

    __tablename__ = "profile_version"
    __table_args__ = (UniqueConstraint("product_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime.datetime]


class Target(Base):
    """What is reviewed for a product: an id, or files that were handed in and lie in the data folder."""

    __tablename__ = "target"
    __table_args__ = (Index("target_product", "product_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime.datetime]


class Review(Base):
    """A review of a target: open while facts and decisions change, signed when it is frozen.

    `report` is the newest report as JSON; `checked_with` the version of facts it was made with, 0 before the first.
    """

    __tablename__ = "review"
    __table_args__ = (Index("review_listed", "listed", "verdict"), Index("review_target", "target_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"))
    state: Mapped[str] = mapped_column(Text, default="open")
    verdict: Mapped[str] = mapped_column(Text, default="")
    license_class: Mapped[str] = mapped_column(Text, default="")
    license: Mapped[str] = mapped_column(Text, default="")
    open_duties: Mapped[int] = mapped_column(default=0)
    open_questions: Mapped[int] = mapped_column(default=0)
    next_expiry: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(Text, default="")
    listed: Mapped[bool] = mapped_column(default=True)
    report: Mapped[str] = mapped_column(Text, default="")
    checked_with: Mapped[int] = mapped_column(default=0)
    changed: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime.datetime]
    updated: Mapped[datetime.datetime]


class Assignment(Base):
    """Who does what of a review until when, by the key of the finding."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("review_id", "finding"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    finding: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    due: Mapped[str] = mapped_column(Text, default="")


class Signature(Base):
    """A frozen review: who signed it when, and every export as the bytes that were signed; never changed again."""

    __tablename__ = "signature"
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    by: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    signed: Mapped[datetime.datetime]
    facts_version: Mapped[int]
    sha256: Mapped[str] = mapped_column(Text)


class Export(Base):
    """One format of a frozen review."""

    __tablename__ = "export"
    __table_args__ = (UniqueConstraint("signature_id", "form"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signature.id"))
    form: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Job(Base):
    """Long work: what it is, how far it is, and what came of it. A job that was running at a stop is started anew."""

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    argument: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime.datetime]


class Account(Base):
    """A person of the team; the password is kept as an argon2 hash."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(Text)
    password: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime.datetime]


class Session(Base):
    """A browser that has logged in, by the hash of its cookie."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    expires: Mapped[datetime.datetime]


class AuditEntry(Base):
    """What somebody did; the database refuses to change or take out an entry."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime]
    by: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text, default="")
