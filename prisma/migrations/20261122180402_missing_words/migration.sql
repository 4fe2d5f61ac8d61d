-- Why a file never came, in both languages of the console.
ALTER TABLE "attachments" ADD COLUMN "words" JSONB;
