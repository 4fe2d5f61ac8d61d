-- Who heard a recording is asked whenever its call is opened.
CREATE INDEX "audit_of_recordings" ON "audit" ("subject") WHERE "action" IN ('recording.listened', 'recording.downloaded', 'recording.erased');
