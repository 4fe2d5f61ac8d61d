-- A call is derived from the set of its events; its legs and totals are kept for reading.
CREATE TABLE "calls" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "contact_id" UUID,
    "conversation_id" UUID,
    "entry_id" UUID,
    "direction" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "from_value" TEXT,
    "to_value" TEXT,
    "dialled" TEXT,
    "queue" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "wait_seconds" INTEGER,
    "talk_seconds" INTEGER,
    "user_id" UUID,
    "legs" JSONB NOT NULL DEFAULT '[]',
    "disposition" TEXT,
    "note" TEXT,
    "wrapped_up_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calls_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "calls_started_at_id_idx" ON "calls"("started_at" DESC, "id" DESC);
CREATE INDEX "calls_contact_id_started_at_id_idx" ON "calls"("contact_id", "started_at" DESC, "id" DESC);
CREATE INDEX "calls_user_id_started_at_id_idx" ON "calls"("user_id", "started_at" DESC, "id" DESC);
CREATE INDEX "calls_running" ON "calls" ("started_at") WHERE "state" <> 'ended';
CREATE INDEX "calls_unheard" ON "calls" ("conversation_id", "started_at") WHERE "direction" = 'inbound' AND "state" = 'ended' AND "outcome" <> 'answered';

-- Every id by which a vendor names a call; `request:<id>` is our own wish to place one.
CREATE TABLE "call_ids" (
    "channel_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "call_id" UUID NOT NULL,

    CONSTRAINT "call_ids_pkey" PRIMARY KEY ("channel_id","external_id")
);
CREATE INDEX "call_ids_call_id_idx" ON "call_ids"("call_id");

CREATE TABLE "call_events" (
    "channel_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "call_id" UUID NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "call_events_pkey" PRIMARY KEY ("channel_id","key")
);
CREATE INDEX "call_events_call_id_idx" ON "call_events"("call_id");

-- By which extension, SIP or phone number a PBX knows a user. Without a channel: on all.
CREATE TABLE "user_numbers" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "channel_id" UUID,
    "value" TEXT NOT NULL,

    CONSTRAINT "user_numbers_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "user_numbers_value_idx" ON "user_numbers"("value");
CREATE INDEX "user_numbers_user_id_idx" ON "user_numbers"("user_id");
ALTER TABLE "user_numbers" ADD CONSTRAINT "user_numbers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "recordings" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "call_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "ref" TEXT,
    "file" TEXT,
    "sha256" TEXT,
    "type" TEXT,
    "size" INTEGER,
    "seconds" DOUBLE PRECISION,
    "tracks" JSONB,
    "peaks" JSONB,
    "user_value" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fetched_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "recordings_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "recordings_channel_id_external_id_key" ON "recordings"("channel_id", "external_id");
CREATE INDEX "recordings_call_id_idx" ON "recordings"("call_id");
CREATE INDEX "recordings_to_fetch" ON "recordings" ("next_attempt_at") WHERE "state" IN ('expected', 'fetching');

-- What a conversation was told about by hand ("no answer needed", "answered elsewhere"): calls that were missed before it wait no more.
ALTER TABLE "conversations" ADD COLUMN "handled_at" TIMESTAMPTZ(3);
