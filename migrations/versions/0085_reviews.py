"""Content that is reviewed step by step, remarks that are pinned, links for reviewers from outside."""

from alembic import op

revision = "0085"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table template_versions add column created_by_id uuid")
    op.execute("comment on column template_versions.created_by_id is 'the member; null: a key, a job, or not kept'")
    op.execute("""
        create table reviews (
            id uuid not null,
            workspace_id integer not null references workspaces (id) on delete cascade,
            kind varchar(16) not null,
            content_id uuid not null,
            title text not null,
            importance varchar(16) not null,
            note text not null default '',
            asked_by uuid references users (id) on delete set null,
            asked_by_name text not null,
            state varchar(8) not null,
            step smallint not null default 0,
            from_version integer not null,
            passed_version integer,
            ended_by text not null default '',
            changed_at timestamptz not null default now(),
            created_at timestamptz not null default now(),
            constraint pk_reviews primary key (id)
        )
    """)
    op.execute("create index ix_reviews_workspace on reviews (workspace_id, id)")
    op.execute("create index ix_reviews_content on reviews (workspace_id, kind, content_id, id)")
    op.execute("create unique index uq_reviews_live on reviews (workspace_id, kind, content_id) where state <> 'ended'")
    op.execute("""
        create table review_steps (
            id uuid not null,
            workspace_id integer not null,
            review_id uuid not null references reviews (id) on delete cascade,
            position smallint not null,
            kind varchar(8) not null,
            quorum varchar(8) not null,
            days smallint,
            begun_at timestamptz,
            due_at timestamptz,
            done_at timestamptz,
            result varchar(16),
            version integer,
            done_by text not null default '',
            reminded smallint not null default 0,
            constraint pk_review_steps primary key (id),
            constraint uq_review_steps_review_id_position unique (review_id, position) deferrable initially deferred
        )
    """)
    op.execute("""
        create table review_links (
            id uuid not null,
            workspace_id integer not null references workspaces (id) on delete cascade,
            review_id uuid not null references reviews (id) on delete cascade,
            token_hash bytea not null,
            name text not null,
            visitor text not null default '',
            made_by text not null,
            expires_at timestamptz not null,
            revoked_at timestamptz,
            used_at timestamptz,
            created_at timestamptz not null default now(),
            constraint pk_review_links primary key (id),
            constraint uq_review_links_token_hash unique (token_hash)
        )
    """)
    op.execute("create index ix_review_links_review on review_links (review_id)")
    op.execute("""
        create table review_seats (
            id uuid not null,
            workspace_id integer not null,
            step_id uuid not null references review_steps (id) on delete cascade,
            user_id uuid references users (id) on delete set null,
            stand_in_id uuid references users (id) on delete set null,
            link_id uuid references review_links (id) on delete cascade,
            place smallint not null default 0,
            answer varchar(8),
            note text not null default '',
            version integer,
            answered_by uuid references users (id) on delete set null,
            answered_by_name text not null default '',
            answered_at timestamptz,
            constraint pk_review_seats primary key (id),
            constraint uq_review_seats_step_id_user_id unique (step_id, user_id),
            constraint uq_review_seats_step_id_link_id unique (step_id, link_id)
        )
    """)
    op.execute("create index ix_review_seats_user on review_seats (user_id)")
    op.execute("""
        create table review_pins (
            comment_id uuid not null references comments (id) on delete cascade,
            workspace_id integer not null references workspaces (id) on delete cascade,
            kind varchar(16) not null,
            content_id uuid not null,
            version integer not null,
            device varchar(8) not null,
            x real,
            y integer,
            quote text not null default '',
            constraint pk_review_pins primary key (comment_id)
        )
    """)
    op.execute("create index ix_review_pins_content on review_pins (workspace_id, kind, content_id)")
    op.execute("""
        create table review_settings (
            workspace_id integer not null references workspaces (id) on delete cascade,
            required boolean not null,
            set_by text not null,
            set_at timestamptz not null default now(),
            constraint pk_review_settings primary key (workspace_id)
        )
    """)
    for column, comment in {
        "reviews.kind": "template or asset",
        "reviews.title": "the content''s name when it was asked for",
        "reviews.importance": "small, usual or important",
        "reviews.state": "open, passed or ended",
        "reviews.step": "position of the step that is open, or was the last",
        "reviews.from_version": "the newest version when it was asked for",
        "reviews.passed_version": "the one version that the last yes holds for",
        "review_steps.kind": "draft or review",
        "review_steps.quorum": "any or all",
        "review_steps.days": "working days until it is due; null: no date",
        "review_steps.result": "handed_in, yes or changes",
        "review_steps.version": "what was handed in, or looked at last",
        "review_steps.reminded": "1: told that it is due soon, 2: that it is overdue",
        "review_links.name": "whom it was made for",
        "review_links.visitor": "the name that they gave",
        "review_seats.link_id": "of somebody outside, whose yes counts for nobody else",
        "review_seats.answer": "yes or changes; null: not yet",
        "review_seats.version": "the one version that the answer was given on",
        "review_pins.device": "desktop or phone",
        "review_pins.x": "from the left, as a part of the width; null: of no place",
        "review_pins.y": "from the top, in points",
        "review_pins.quote": "the words that it is about; empty: none",
    }.items():
        op.execute(f"comment on column {column} is '{comment}'")


def downgrade() -> None:
    for table in ("settings", "pins", "seats", "links", "steps"):
        op.execute(f"drop table review_{table}")
    op.execute("drop table reviews")
    op.execute("alter table template_versions drop column created_by_id")
