"""templates

Revision: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

NOW = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sort_name', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('version', sa.String(length=64), server_default='1.0.0', nullable=False))
        batch_op.add_column(sa.Column('revision', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('source', sa.String(length=80), server_default='catalog', nullable=False))
        batch_op.add_column(sa.Column('indexed', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('retired_at', NOW, nullable=True))
        batch_op.add_column(sa.Column('created_by', sa.String(length=36), nullable=True))
    op.execute("UPDATE templates SET sort_name = lower(display_name)")
    op.execute("UPDATE templates SET retired_at = updated_at WHERE retired")
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.create_index(
            'uq_templates_everybodys',
            ['name'],
            unique=True,
            sqlite_where=sa.text('org_id IS NULL'),
            postgresql_where=sa.text('org_id IS NULL'),
        )
        batch_op.create_index(
            'ix_templates_listed',
            [
                'retired',
                'org_id',
                'sort_name',
                'id',
                'name',
                'category',
                'app_type',
                'featured',
                'popularity',
                'created_at',
            ],
            unique=False,
        )
    op.create_table('template_versions',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('changelog', sa.Text(), nullable=False),
    sa.Column('manifest', sa.JSON(), nullable=False),
    sa.Column('automatic', sa.Boolean(), nullable=False),
    sa.Column('parent_id', sa.String(length=36), nullable=True),
    sa.Column('created_by', sa.String(length=36), nullable=True),
    sa.Column('created_at', NOW, nullable=False),
    sa.Column('updated_at', NOW, nullable=False),
    sa.Column('published_at', NOW, nullable=True),
    sa.Column('deprecated_at', NOW, nullable=True),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('template_id', 'version')
    )
    # What there is becomes the first version of itself; a template's id is as good as any for it.
    op.execute(
        "INSERT INTO template_versions (id, template_id, version, status, changelog, manifest, automatic, created_at, "
        "updated_at, published_at) SELECT id, id, '1.0.0', 'published', '', manifest, true, created_at, updated_at, "
        "updated_at FROM templates"
    )
    op.create_table('template_tags',
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('tag', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('template_id', 'tag')
    )
    op.create_index('ix_template_tags_tag', 'template_tags', ['tag', 'template_id'], unique=False)
    op.create_table('template_words',
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('word', 'template_id')
    )
    op.create_index('ix_template_words_template', 'template_words', ['template_id'], unique=False)
    op.create_table('search_grams',
    sa.Column('gram', sa.String(length=3), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('gram', 'word')
    )
    op.create_index('ix_search_grams_word', 'search_grams', ['word'], unique=False)
    op.create_table('template_favorites',
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('created_at', NOW, nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'template_id')
    )
    op.create_index('ix_template_favorites_template', 'template_favorites', ['template_id'], unique=False)
    op.create_table('template_launches',
    sa.Column('template_id', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('org_id', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('launches', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['org_id'], ['organizations.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['template_id'], ['templates.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('template_id', 'day', 'org_id', 'user_id')
    )
    op.create_index('ix_template_launches_day', 'template_launches', ['day'], unique=False)
    op.create_table('ratings',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.String(length=36), nullable=False),
    sa.Column('org_id', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('review', sa.Text(), nullable=False),
    sa.Column('created_at', NOW, nullable=False),
    sa.Column('updated_at', NOW, nullable=False),
    sa.ForeignKeyConstraint(['org_id'], ['organizations.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('kind', 'subject_id', 'user_id')
    )
    op.create_index('ix_ratings_subject', 'ratings', ['kind', 'subject_id', 'updated_at'], unique=False)
    op.create_index('ix_ratings_org', 'ratings', ['org_id'], unique=False)
    op.create_index('ix_ratings_user', 'ratings', ['user_id'], unique=False)
    op.create_table('rating_totals',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'subject_id')
    )
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('template_version', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('parameters', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('sealed_environment', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_column('sealed_environment')
        batch_op.drop_column('parameters')
        batch_op.drop_column('template_version')
    for table in (
        'rating_totals',
        'ratings',
        'template_launches',
        'template_favorites',
        'search_grams',
        'template_words',
        'template_tags',
        'template_versions',
    ):
        op.drop_table(table)
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.drop_index('ix_templates_listed')
        batch_op.drop_index('uq_templates_everybodys')
        for name in ('created_by', 'retired_at', 'indexed', 'source', 'revision', 'version', 'sort_name'):
            batch_op.drop_column(name)
