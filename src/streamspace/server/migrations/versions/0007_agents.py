"""agents in depth

Revision: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('agents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('labels', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('cordoned', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('evict', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('max_starts', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('previous_key_hash', sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column('previous_key_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('version', sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column('protocol_version', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('instance', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('epoch', sa.Integer(), server_default='0', nullable=False))

    with op.batch_alter_table('agent_commands', schema=None) as batch_op:
        batch_op.add_column(sa.Column('result', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('requested_by', sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('agent_commands', schema=None) as batch_op:
        batch_op.drop_column('requested_by')
        batch_op.drop_column('result')

    with op.batch_alter_table('agents', schema=None) as batch_op:
        for name in (
            'epoch', 'instance', 'protocol_version', 'version', 'previous_key_until', 'previous_key_hash',
            'max_starts', 'evict', 'cordoned', 'labels',
        ):
            batch_op.drop_column(name)
