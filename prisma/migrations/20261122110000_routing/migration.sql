-- Who gets the work, until when a client is to be answered, and what was promised.

CREATE TABLE "routing_rules" (
    "scope" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "rule" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routing_rules_pkey" PRIMARY KEY ("scope","subject_id")
);

CREATE TABLE "presence" (
    "user_id" UUID NOT NULL,
    "chosen" TEXT NOT NULL DEFAULT 'available',
    "state" TEXT NOT NULL DEFAULT 'away',
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_given_at" TIMESTAMPTZ(3),

    CONSTRAINT "presence_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "presence" ADD CONSTRAINT "presence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "tasks" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "contact_id" UUID,
    "conversation_id" UUID,
    "lead_id" UUID,
    "assignee_id" UUID,
    "created_by" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "reminded_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "done_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "tasks_contact_id_due_at_idx" ON "tasks"("contact_id", "due_at");
CREATE INDEX "tasks_due_at_id_idx" ON "tasks"("due_at", "id");
CREATE INDEX "tasks_open" ON "tasks" ("assignee_id", "due_at", "id") WHERE "done_at" IS NULL;
CREATE INDEX "tasks_to_remind" ON "tasks" ("due_at") WHERE "done_at" IS NULL AND "reminded_at" IS NULL;

CREATE TABLE "untouched" (
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "owner_id" UUID,
    "last_touch_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "untouched_pkey" PRIMARY KEY ("day","kind","subject_id")
);

ALTER TABLE "team_members" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "conversations"
    ADD COLUMN "due_at" TIMESTAMPTZ(3),
    ADD COLUMN "snoozed_until" TIMESTAMPTZ(3),
    ADD COLUMN "route_at" TIMESTAMPTZ(3),
    ADD COLUMN "assigned_at" TIMESTAMPTZ(3),
    ADD COLUMN "assigned_by_rule" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "assignee_seen_at" TIMESTAMPTZ(3);

-- Opening spans of one calendar day. A span that ends before it begins ends on the next day, 24:00 is the end of a day.
-- Walls clocks are turned into moments one by one, so that a day of 23 or 25 hours counts as what it is.
CREATE FUNCTION open_spans(hours JSONB, day DATE) RETURNS TABLE (opens TIMESTAMPTZ, closes TIMESTAMPTZ) LANGUAGE sql STABLE AS $$
  SELECT (day + (span ->> 0)::interval) AT TIME ZONE (hours ->> 'timeZone'),
    (day + (span ->> 1)::interval + CASE WHEN (span ->> 1)::interval <= (span ->> 0)::interval THEN interval '1 day' ELSE interval '0' END)
      AT TIME ZONE (hours ->> 'timeZone')
  FROM jsonb_array_elements(coalesce(
    (SELECT holiday -> 'open' FROM jsonb_array_elements(hours -> 'holidays') holiday WHERE holiday ->> 'date' = day::text LIMIT 1),
    hours -> 'week' -> (extract(isodow FROM day)::int - 1))) AS span
  ORDER BY 1
$$;

-- The moment when so many open minutes have passed, with 0 the first open moment from since on. Without hours it is always open.
CREATE FUNCTION add_open_minutes(hours JSONB, since TIMESTAMPTZ, minutes INTEGER) RETURNS TIMESTAMPTZ LANGUAGE plpgsql STABLE AS $$
DECLARE
  remaining INTERVAL := make_interval(mins => minutes);
  begins TIMESTAMPTZ;
  span RECORD;
BEGIN
  IF hours IS NULL THEN RETURN since + remaining; END IF;
  FOR number IN -1..400 LOOP
    FOR span IN SELECT * FROM open_spans(hours, (since AT TIME ZONE (hours ->> 'timeZone'))::date + number) LOOP
      CONTINUE WHEN span.closes <= since;
      begins := greatest(span.opens, since);
      IF span.closes - begins >= remaining THEN RETURN begins + remaining; END IF;
      remaining := remaining - (span.closes - begins);
    END LOOP;
  END LOOP;
  RETURN since + make_interval(mins => minutes);
END
$$;

-- Open minutes from one moment to a later one, at most those of 31 days.
CREATE FUNCTION open_minutes(hours JSONB, since TIMESTAMPTZ, until TIMESTAMPTZ) RETURNS INTEGER LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN hours IS NULL THEN floor(extract(epoch FROM until - since) / 60)::int ELSE (
    SELECT coalesce(floor(sum(extract(epoch FROM least(span.closes, until) - greatest(span.opens, since))) / 60), 0)::int
    FROM generate_series(-1, least(31, (until AT TIME ZONE (hours ->> 'timeZone'))::date - (since AT TIME ZONE (hours ->> 'timeZone'))::date)) AS number,
      LATERAL open_spans(hours, (since AT TIME ZONE (hours ->> 'timeZone'))::date + number) span
    WHERE span.closes > since AND span.opens < until) END
$$;

-- What a channel says goes before what its team says, and that before what the firm says.
CREATE FUNCTION routing_rule(channel UUID, team UUID) RETURNS JSONB LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT rule FROM routing_rules WHERE scope = 'firm'), '{}')
    || coalesce((SELECT rule FROM routing_rules WHERE scope = 'team' AND subject_id = team), '{}')
    || coalesce((SELECT rule FROM routing_rules WHERE scope = 'channel' AND subject_id = channel), '{}')
$$;

-- Until when somebody who waits since then is to be answered: the target, 60 minutes unless a rule says otherwise, in open time.
CREATE FUNCTION waiting_due(since TIMESTAMPTZ, channel UUID, team UUID) RETURNS TIMESTAMPTZ LANGUAGE sql STABLE AS $$
  SELECT add_open_minutes(rule -> 'hours', since, coalesce((rule ->> 'targetMinutes')::int, 60)) FROM routing_rule(channel, team) AS rule
$$;

-- Whoever writes waiting_since need not know of targets and hours.
CREATE FUNCTION set_waiting_due() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.waiting_since IS NULL THEN
    NEW.due_at := NULL;
  ELSIF TG_OP = 'INSERT' OR NEW.due_at IS NULL OR (NEW.waiting_since, NEW.channel_id) IS DISTINCT FROM (OLD.waiting_since, OLD.channel_id)
    OR NEW.team_id IS DISTINCT FROM OLD.team_id THEN
    NEW.due_at := waiting_due(NEW.waiting_since, NEW.channel_id, NEW.team_id);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER conversations_due BEFORE INSERT OR UPDATE OF waiting_since, channel_id, team_id ON conversations
  FOR EACH ROW EXECUTE FUNCTION set_waiting_due();

UPDATE "conversations" SET "waiting_since" = "waiting_since" WHERE "waiting_since" IS NOT NULL;

DROP INDEX "conversations_waiting";
CREATE INDEX "conversations_waiting" ON "conversations" ("due_at", "id") WHERE "waiting_since" IS NOT NULL AND "state" <> 'closed';
CREATE INDEX "conversations_to_route" ON "conversations" ("route_at") WHERE "route_at" IS NOT NULL;
CREATE INDEX "conversations_snoozed" ON "conversations" ("snoozed_until") WHERE "snoozed_until" IS NOT NULL;
CREATE INDEX "conversations_assignee_id_idx" ON "conversations"("assignee_id");

-- Everything for which a client waits, whatever it is: a further kind joins in by a further branch with its own index on (due_at, id).
CREATE VIEW "waiting_items" AS
  SELECT 'conversation'::text AS kind, id, id AS conversation_id, NULL::uuid AS call_id, contact_id, channel_id, medium, waiting_since, due_at,
    assignee_id, team_id, last_entry_at AS last_at
  FROM conversations
  WHERE waiting_since IS NOT NULL AND state <> 'closed' AND (snoozed_until IS NULL OR snoozed_until <= now());
