-- Ready answers and an approved template wait for their time with the message.
ALTER TABLE "scheduled_messages" ADD COLUMN "buttons" JSONB, ADD COLUMN "template" JSONB;
