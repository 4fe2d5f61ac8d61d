-- What ends a client's waiting: the first answer to an enquiry is looked up by it, and whether the enquiry began a wait.
CREATE INDEX "entries_settling" ON "entries" ("contact_id", "sort_at", "id")
  WHERE "automatic" IS NULL AND ("direction" = 'outbound' OR "kind" IN ('call', 'event'));
CREATE INDEX "entries_enquiring" ON "entries" ("contact_id", "sort_at", "id")
  WHERE "automatic" IS NULL AND "direction" = 'inbound' AND "kind" IN ('message', 'form');
