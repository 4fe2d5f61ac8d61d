-- Marks "up to": everything we sent in this conversation until then was delivered, or read.
ALTER TABLE "conversations" ADD COLUMN "delivered_until" TIMESTAMPTZ(3), ADD COLUMN "read_until" TIMESTAMPTZ(3);

-- Pictures that people show at their messengers: one per contact, fetched by a job, looked for anew rarely.
CREATE TABLE "contact_pictures" (
    "contact_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'expected',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT,
    "size" INTEGER,
    "sha256" TEXT,
    "file" TEXT,

    CONSTRAINT "contact_pictures_pkey" PRIMARY KEY ("contact_id")
);
CREATE INDEX "contact_pictures_due" ON "contact_pictures" ("next_attempt_at") WHERE "state" = 'expected';
