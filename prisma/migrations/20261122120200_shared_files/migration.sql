-- Several rows may name one content: a template's file and the messages that carried it.
CREATE INDEX "attachments_upload_file" ON "attachments" ("file") WHERE "file" LIKE 'uploads/%';
