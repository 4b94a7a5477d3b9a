"""the fleet in depth

Revision: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('agents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('max_sessions', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('draining_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('draining_from', sa.Integer(), nullable=True))
    with op.batch_alter_table('agent_join_tokens', schema=None) as batch_op:
        batch_op.add_column(sa.Column('region', sa.String(length=50), nullable=True))
        batch_op.add_column(sa.Column('uses', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True))
    # How many a token was made for was not kept until now.
    op.execute('UPDATE agent_join_tokens SET uses = uses_left WHERE uses_left > 0')
    op.create_table('agent_usage',
    sa.Column('agent_id', sa.String(length=100), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cpu_percent', sa.Float(), nullable=True),
    sa.Column('memory_used_bytes', sa.BigInteger(), nullable=True),
    sa.Column('memory_total_bytes', sa.BigInteger(), nullable=True),
    sa.Column('disk_free_bytes', sa.BigInteger(), nullable=True),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('reserved_sessions', sa.Integer(), nullable=False),
    sa.Column('reserved_millicores', sa.Integer(), nullable=False),
    sa.Column('reserved_bytes', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agents.agent_id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', 'at')
    )
    with op.batch_alter_table('agent_usage', schema=None) as batch_op:
        batch_op.create_index('ix_agent_usage_at', ['at'], unique=False)
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wanted_place', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_column('wanted_place')
    op.drop_table('agent_usage')
    with op.batch_alter_table('agent_join_tokens', schema=None) as batch_op:
        batch_op.drop_column('last_used_at')
        batch_op.drop_column('uses')
        batch_op.drop_column('region')
    with op.batch_alter_table('agents', schema=None) as batch_op:
        batch_op.drop_column('draining_from')
        batch_op.drop_column('draining_since')
        batch_op.drop_column('max_sessions')
