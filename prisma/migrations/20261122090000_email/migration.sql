-- CreateTable
CREATE TABLE "channel_consents" (
    "state_hash" TEXT NOT NULL,
    "channel_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "verifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_consents_pkey" PRIMARY KEY ("state_hash")
);
