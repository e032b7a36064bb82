-- The rules under an alert when it fired, a name a line; null for an alert that fired before this column was there.
ALTER TABLE alert ADD COLUMN fired_by TEXT;

-- 1 for an alert that was resolved by hand while its finding stood: what still holds stays silent until it is clear.
ALTER TABLE alert ADD COLUMN muted SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX alert_muted ON alert (cluster) WHERE muted = 1;
