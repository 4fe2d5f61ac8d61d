-- Whether somebody's look at a card stands in the audit already.
CREATE INDEX "audit_viewed" ON "audit" ("actor_id", "subject", "at") WHERE "action" = 'contact.viewed';
