-- Deliveries that are not settled, each branch by a partial index of its own: counting them costs what they are, not what ever came.
CREATE VIEW "open_deliveries" AS
  SELECT id, channel_id, status, reason, received_at FROM deliveries WHERE status = 'received' AND alone_at IS NULL
  UNION ALL SELECT id, channel_id, status, reason, received_at FROM deliveries WHERE status = 'received' AND alone_at IS NOT NULL
  UNION ALL SELECT id, channel_id, status, reason, received_at FROM deliveries WHERE status = 'held'
  UNION ALL SELECT id, channel_id, status, reason, received_at FROM deliveries WHERE status = 'parked';

-- What waits for a person, or failed.
CREATE INDEX "outbox_unsettled" ON "outbox" ("created_at") WHERE "status" IN ('unconfirmed', 'failed');
