"""sessions in depth

Revision: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('session_events',
    sa.Column('session_id', sa.String(length=63), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('org_id', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('message', sa.Text(), nullable=True),
    sa.Column('actor', sa.String(length=255), nullable=True),
    sa.ForeignKeyConstraint(['org_id'], ['organizations.id'], ),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', 'number')
    )
    with op.batch_alter_table('session_events', schema=None) as batch_op:
        batch_op.create_index('ix_session_events_org', ['org_id'], unique=False)
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('strategy', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('attempts', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('retry_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('queue_position', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('event_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('warned_seconds', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('idle_warned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_sessions_retry', ['retry_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_index('ix_sessions_retry')
        for name in ('idle_warned_at', 'warned_seconds', 'event_count', 'queue_position', 'retry_at', 'attempts', 'strategy'):
            batch_op.drop_column(name)
    op.drop_table('session_events')
