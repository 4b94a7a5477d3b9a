"""warm pools

Revision: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('warm_pools',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('org_id', sa.String(length=64), nullable=True),
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('template_name', sa.String(length=63), nullable=False),
    sa.Column('agent_id', sa.String(length=100), nullable=True),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('cpu_millicores', sa.Integer(), nullable=False),
    sa.Column('memory_bytes', sa.BigInteger(), nullable=False),
    sa.Column('max_age_seconds', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('retry_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['org_id'], ['organizations.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id']),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('warm_pools', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_warm_pools_org_id'), ['org_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_warm_pools_template_id'), ['template_id'], unique=False)
    op.create_table('warm_sessions',
    sa.Column('id', sa.String(length=63), nullable=False),
    sa.Column('pool_id', sa.String(length=36), nullable=True),
    sa.Column('agent_id', sa.String(length=100), nullable=False),
    sa.Column('agent_version', sa.String(length=100), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('cpu_millicores', sa.Integer(), nullable=False),
    sa.Column('memory_bytes', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('used_bytes', sa.BigInteger(), nullable=True),
    sa.Column('session_id', sa.String(length=63), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['pool_id'], ['warm_pools.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('warm_sessions', schema=None) as batch_op:
        batch_op.create_index('ix_warm_sessions_agent', ['agent_id', 'state'], unique=False)
        batch_op.create_index('ix_warm_sessions_pool', ['pool_id', 'state', 'ready_at'], unique=False)
        batch_op.create_index('ix_warm_sessions_state', ['state', 'ended_at'], unique=False)
    op.create_table('warm_claims',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('pool_id', sa.String(length=36), nullable=False),
    sa.Column('hit', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pool_id'], ['warm_pools.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('warm_claims', schema=None) as batch_op:
        batch_op.create_index('ix_warm_claims_at', ['at'], unique=False)
        batch_op.create_index('ix_warm_claims_pool', ['pool_id', 'at'], unique=False)


def downgrade() -> None:
    op.drop_table('warm_claims')
    op.drop_table('warm_sessions')
    op.drop_table('warm_pools')
