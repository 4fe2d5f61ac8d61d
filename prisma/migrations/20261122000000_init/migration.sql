-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'operator',
    "own_clients_only" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "language" TEXT NOT NULL DEFAULT 'en',
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factors" (
    "id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "failed_verification_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "user_id" UUID NOT NULL,

    CONSTRAINT "two_factors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "settings" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "detail" JSONB,
    "ip" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "media" TEXT[],
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "state_detail" JSONB,
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "team_id" UUID,
    "last_delivery_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_state" (
    "channel_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_state_pkey" PRIMARY KEY ("channel_id","name")
);

-- CreateTable
CREATE TABLE "addresses" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "name" TEXT,
    "source" TEXT,
    "team_id" UUID,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "body" BYTEA,
    "body_file" TEXT,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "reason" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" TEXT,
    "claim_until" TIMESTAMPTZ(3),
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "replays" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_events" (
    "channel_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "delivery_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "entry_id" UUID,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_events_pkey" PRIMARY KEY ("channel_id","key")
);

-- CreateTable
CREATE TABLE "waiting_events" (
    "channel_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "waits_for" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "delivery_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waiting_events_pkey" PRIMARY KEY ("channel_id","key")
);

-- CreateTable
CREATE TABLE "refusals" (
    "id" UUID NOT NULL,
    "channel_id" UUID,
    "connector" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "headers" JSONB NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "refusals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "released_by" UUID,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "companies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "owner_id" UUID,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "name_by" TEXT NOT NULL DEFAULT 'claimed',
    "stage" TEXT NOT NULL DEFAULT 'lead',
    "owner_id" UUID,
    "company_id" UUID,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "language" TEXT,
    "merged_into_id" UUID,
    "card_id" UUID NOT NULL,
    "last_touch_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_edits" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merge_id" UUID,

    CONSTRAINT "contact_edits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merges" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" UUID,

    CONSTRAINT "merges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_identities" (
    "contact_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "evidence" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'personal',
    "raw" TEXT NOT NULL,
    "owning" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "contact_identities_pkey" PRIMARY KEY ("contact_id","identity_id")
);

-- CreateTable
CREATE TABLE "merge_suggestions" (
    "id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "reasons" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "merge_suggestions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_shares" (
    "contact_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "shared_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_shares_pkey" PRIMARY KEY ("contact_id","user_id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'new',
    "topic" TEXT NOT NULL DEFAULT '',
    "lost_reason" TEXT,
    "source" JSONB,
    "first_touch" JSONB,
    "last_touch" JSONB,
    "owner_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "medium" TEXT NOT NULL,
    "thread_key" TEXT NOT NULL,
    "subject" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "assignee_id" UUID,
    "team_id" UUID,
    "our_address" TEXT,
    "waiting_since" TIMESTAMPTZ(3),
    "last_entry_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participants" (
    "conversation_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "participants_pkey" PRIMARY KEY ("conversation_id","identity_id")
);

-- CreateTable
CREATE TABLE "entries" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "medium" TEXT,
    "direction" TEXT,
    "status" TEXT,
    "error" JSONB,
    "channel_id" UUID,
    "conversation_id" UUID,
    "contact_id" UUID,
    "author_id" UUID,
    "delivery_id" UUID,
    "event_key" TEXT,
    "call_id" UUID,
    "external_id" TEXT,
    "from_value" TEXT,
    "to_value" TEXT,
    "source" JSONB,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "sort_at" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "html" TEXT,
    "match" JSONB,
    "extra" JSONB,
    "automatic" TEXT,
    "outgoing" JSONB,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_ids" (
    "channel_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,
    "part_id" UUID,

    CONSTRAINT "external_ids_pkey" PRIMARY KEY ("channel_id","external_id")
);

-- CreateTable
CREATE TABLE "entry_versions" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cause" TEXT NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "entry_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "entry_id" UUID,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER,
    "sha256" TEXT,
    "file" TEXT,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "reason" TEXT,
    "ref" TEXT,
    "content_id" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "uploaded_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "attachment_ids" UUID[],
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sending_since" TIMESTAMPTZ(3),
    "sending_by" INTEGER,
    "sent_at" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "live_events" (
    "id" BIGSERIAL NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "contact_id" UUID,
    "conversation_id" UUID,
    "channel_id" UUID,
    "subject_id" TEXT,
    "payload" JSONB NOT NULL,

    CONSTRAINT "live_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE INDEX "two_factors_user_id_idx" ON "two_factors"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");

-- CreateIndex
CREATE INDEX "team_members_user_id_idx" ON "team_members"("user_id");

-- CreateIndex
CREATE INDEX "audit_at_id_idx" ON "audit"("at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "channels_key_key" ON "channels"("key");

-- CreateIndex
CREATE UNIQUE INDEX "addresses_channel_id_value_key" ON "addresses"("channel_id", "value");

-- CreateIndex
CREATE INDEX "deliveries_received_at_id_idx" ON "deliveries"("received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deliveries_channel_id_received_at_id_idx" ON "deliveries"("channel_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_channel_id_dedupe_key_key" ON "deliveries"("channel_id", "dedupe_key");

-- CreateIndex
CREATE INDEX "delivery_events_delivery_id_idx" ON "delivery_events"("delivery_id");

-- CreateIndex
CREATE INDEX "waiting_events_channel_id_waits_for_idx" ON "waiting_events"("channel_id", "waits_for");

-- CreateIndex
CREATE INDEX "refusals_channel_id_at_idx" ON "refusals"("channel_id", "at" DESC);

-- CreateIndex
CREATE INDEX "quarantine_received_at_id_idx" ON "quarantine"("received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "quarantine_channel_id_key_key" ON "quarantine"("channel_id", "key");

-- CreateIndex
CREATE INDEX "companies_domain_idx" ON "companies"("domain");

-- CreateIndex
CREATE INDEX "contacts_card_id_idx" ON "contacts"("card_id");

-- CreateIndex
CREATE INDEX "contacts_company_id_idx" ON "contacts"("company_id");

-- CreateIndex
CREATE INDEX "contacts_last_touch_at_id_idx" ON "contacts"("last_touch_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_edits_contact_id_at_idx" ON "contact_edits"("contact_id", "at" DESC);

-- CreateIndex
CREATE INDEX "merges_from_id_idx" ON "merges"("from_id");

-- CreateIndex
CREATE INDEX "merges_into_id_idx" ON "merges"("into_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_kind_value_key" ON "identities"("kind", "value");

-- CreateIndex
CREATE INDEX "contact_identities_identity_id_idx" ON "contact_identities"("identity_id");

-- CreateIndex
CREATE INDEX "merge_suggestions_second_id_idx" ON "merge_suggestions"("second_id");

-- CreateIndex
CREATE UNIQUE INDEX "merge_suggestions_first_id_second_id_key" ON "merge_suggestions"("first_id", "second_id");

-- CreateIndex
CREATE INDEX "contact_shares_user_id_idx" ON "contact_shares"("user_id");

-- CreateIndex
CREATE INDEX "leads_contact_id_idx" ON "leads"("contact_id");

-- CreateIndex
CREATE INDEX "leads_status_created_at_id_idx" ON "leads"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "leads_created_at_id_idx" ON "leads"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "conversations_contact_id_last_entry_at_idx" ON "conversations"("contact_id", "last_entry_at" DESC);

-- CreateIndex
CREATE INDEX "conversations_last_entry_at_id_idx" ON "conversations"("last_entry_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "conversations_channel_id_thread_key_key" ON "conversations"("channel_id", "thread_key");

-- CreateIndex
CREATE INDEX "participants_identity_id_idx" ON "participants"("identity_id");

-- CreateIndex
CREATE INDEX "entries_contact_id_sort_at_id_idx" ON "entries"("contact_id", "sort_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "entries_conversation_id_sort_at_id_idx" ON "entries"("conversation_id", "sort_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "entries_sort_at_id_idx" ON "entries"("sort_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "entries_delivery_id_idx" ON "entries"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "entries_channel_id_event_key_key" ON "entries"("channel_id", "event_key");

-- CreateIndex
CREATE INDEX "external_ids_entry_id_idx" ON "external_ids"("entry_id");

-- CreateIndex
CREATE INDEX "entry_versions_entry_id_at_idx" ON "entry_versions"("entry_id", "at");

-- CreateIndex
CREATE INDEX "attachments_entry_id_position_idx" ON "attachments"("entry_id", "position");

-- CreateIndex
CREATE INDEX "outbox_channel_id_created_at_idx" ON "outbox"("channel_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_entry_id_position_key" ON "outbox"("entry_id", "position");

-- CreateIndex
CREATE INDEX "live_events_at_idx" ON "live_events"("at");

-- CreateIndex
CREATE INDEX "live_events_transaction_id_id_idx" ON "live_events"("transaction_id", "id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language does not say. Partial and expression indexes only, so that schema and migrations still agree.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The queue of applying: only what still waits is in the index.
CREATE INDEX "deliveries_to_apply" ON "deliveries" ("received_at", "id") WHERE "status" = 'received';
CREATE INDEX "deliveries_held" ON "deliveries" ("channel_id") WHERE "status" = 'held';
CREATE INDEX "deliveries_parked" ON "deliveries" ("received_at" DESC, "id" DESC) WHERE "status" = 'parked';

-- Exactly one card owns an identity.
CREATE UNIQUE INDEX "contact_identities_owner" ON "contact_identities" ("identity_id") WHERE "owning";

CREATE INDEX "merge_suggestions_open" ON "merge_suggestions" ("first_id") WHERE "status" = 'open';
CREATE INDEX "conversations_waiting" ON "conversations" ("waiting_since", "id") WHERE "waiting_since" IS NOT NULL;
CREATE INDEX "outbox_due" ON "outbox" ("next_attempt_at", "id") WHERE "status" = 'queued';
CREATE INDEX "outbox_sending" ON "outbox" ("sending_since") WHERE "status" = 'sending';
CREATE INDEX "outbox_open" ON "outbox" ("conversation_id", "entry_id", "position") WHERE "status" IN ('queued', 'sending');
CREATE INDEX "attachments_expected" ON "attachments" ("created_at") WHERE "state" = 'expected';
CREATE INDEX "conversations_open" ON "conversations" ("last_entry_at" DESC, "id" DESC) WHERE "state" <> 'closed';
CREATE INDEX "leads_open" ON "leads" ("contact_id") WHERE "status" IN ('new', 'working');
CREATE INDEX "live_events_conversation" ON "live_events" ("conversation_id", "transaction_id", "id") WHERE "conversation_id" IS NOT NULL;

-- What belongs to one user: the lists of "own clients only".
CREATE INDEX "contacts_owner" ON "contacts" ("owner_id") WHERE "owner_id" IS NOT NULL;
CREATE INDEX "conversations_assignee" ON "conversations" ("assignee_id", "last_entry_at" DESC, "id" DESC) WHERE "assignee_id" IS NOT NULL;
CREATE INDEX "leads_owner" ON "leads" ("owner_id") WHERE "owner_id" IS NOT NULL;

-- Search: names by trigrams, identities by prefix, texts by Russian and English word forms (ё folded to е on both sides).
CREATE INDEX "contacts_name_search" ON "contacts" USING GIN ((lower("name")) gin_trgm_ops);
CREATE INDEX "identities_search" ON "identities" USING GIN ((lower("value")) gin_trgm_ops);
CREATE INDEX "companies_name_search" ON "companies" USING GIN ((lower("name")) gin_trgm_ops);
CREATE INDEX "entries_text_search" ON "entries" USING GIN ((to_tsvector('russian', translate(left(coalesce("subject", '') || ' ' || "text", 100000), 'ёЁ', 'еЕ'))));
CREATE INDEX "entries_username_search" ON "entries" ((lower("extra" ->> 'username')) text_pattern_ops) WHERE "extra" ->> 'username' IS NOT NULL;
