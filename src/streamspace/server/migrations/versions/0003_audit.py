"""audit

Revision: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_REFUSAL = "the audit log is only ever added to"


def upgrade() -> None:
    op.create_table('audit_pending',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entry', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('signature', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('audit_log',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('org_id', sa.String(length=64), nullable=True),
    sa.Column('actor_id', sa.String(length=64), nullable=True),
    sa.Column('actor_name', sa.String(length=255), nullable=True),
    sa.Column('actor_kind', sa.String(length=20), nullable=False),
    sa.Column('key_id', sa.String(length=64), nullable=True),
    sa.Column('login_id', sa.String(length=64), nullable=True),
    sa.Column('ip', sa.String(length=64), nullable=True),
    sa.Column('user_agent', sa.String(length=255), nullable=True),
    sa.Column('request_id', sa.String(length=64), nullable=True),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('resource_type', sa.String(length=60), nullable=False),
    sa.Column('resource_id', sa.String(length=200), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=True),
    sa.Column('changes', sa.JSON(), nullable=True),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq')
    )
    op.create_index('ix_audit_log_org_id', 'audit_log', ['org_id', 'seq'])
    op.create_index('ix_audit_log_actor_id', 'audit_log', ['actor_id', 'seq'])
    op.create_index('ix_audit_log_action', 'audit_log', ['action', 'seq'])
    op.create_index('ix_audit_log_resource', 'audit_log', ['resource_type', 'resource_id', 'seq'])
    op.create_index('ix_audit_log_at', 'audit_log', ['at'])
    if op.get_bind().dialect.name == 'postgresql':
        _only_ever_added_to_postgresql()
    else:
        _only_ever_added_to_sqlite()


def _only_ever_added_to_postgresql() -> None:
    op.execute(f"""
        CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$
    """)
    op.execute("""
        CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()
    """)


def _only_ever_added_to_sqlite() -> None:
    for change in ('UPDATE', 'DELETE'):
        op.execute(f"""
            CREATE TRIGGER audit_log_no_{change.lower()} BEFORE {change} ON audit_log
            BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END
        """)
    # INSERT OR REPLACE deletes without asking the triggers for deletes.
    op.execute(f"""
        CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
        WHEN EXISTS (SELECT 1 FROM audit_log WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END
    """)
