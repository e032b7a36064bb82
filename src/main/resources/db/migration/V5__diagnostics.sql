-- What a trace, analysis or snapshot is about: its node, and the alert that it was captured for; null for none.
ALTER TABLE diagnostic ADD COLUMN node TEXT;
ALTER TABLE diagnostic ADD COLUMN alert_id TEXT;
CREATE INDEX diagnostic_by_alert ON diagnostic (alert_id, at, epoch, seq) WHERE alert_id IS NOT NULL;
CREATE INDEX diagnostic_by_node ON diagnostic (node, at, epoch, seq) WHERE node IS NOT NULL;

-- All lives of one key.
CREATE INDEX alert_by_subject ON alert (subject, alert_type, began_at);
