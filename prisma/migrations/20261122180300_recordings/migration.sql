-- When the vendor began to record: moments of the call are found in the sound by it.
ALTER TABLE "recordings" ADD COLUMN "started_at" TIMESTAMPTZ(3);
-- Sound that was erased but whose file still lies there.
CREATE INDEX "recordings_file_to_remove" ON "recordings" ("id") WHERE "state" = 'erased' AND "file" IS NOT NULL;
-- What is still awaited or given up.
CREATE INDEX "recordings_gaps" ON "recordings" ("channel_id", "created_at") WHERE "state" IN ('expected', 'missing');

-- While it was paused nothing was recorded: who paused it, and until when. No end: until the call's.
CREATE TABLE "recording_pauses" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "user_id" UUID,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "resumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pauses_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "recording_pauses_call_id_idx" ON "recording_pauses"("call_id");

-- What came of asking a vendor for its list of calls and recordings, by channel.
CREATE TABLE "vendor_lists" (
    "channel_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "vendor_lists_pkey" PRIMARY KEY ("channel_id")
);
