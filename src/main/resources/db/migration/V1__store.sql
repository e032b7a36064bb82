-- Instants are microseconds since 1970-01-01 UTC; documents are JSON text; yes and no are 1 and 0.

CREATE TABLE owner (
    cluster  TEXT     NOT NULL PRIMARY KEY,
    epoch    BIGINT   NOT NULL,
    beat     BIGINT   NOT NULL,
    released SMALLINT NOT NULL
);

CREATE TABLE alert (
    id              TEXT   NOT NULL PRIMARY KEY,
    cluster         TEXT   NOT NULL,
    alert_type      TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    node            TEXT,
    severity        TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    began_at        BIGINT NOT NULL,
    fired_at        BIGINT,
    -- the first answer, kept when it runs out
    acknowledged_at BIGINT,
    resolved_at     BIGINT,
    updated_at      BIGINT NOT NULL,
    revision        BIGINT NOT NULL,
    life            BIGINT NOT NULL,
    rule_hash       TEXT,
    document        TEXT   NOT NULL,
    tracking        TEXT   NOT NULL,
    because         TEXT   NOT NULL
);
CREATE INDEX alert_newest ON alert (began_at, id);
CREATE INDEX alert_by_state ON alert (state, began_at, id);
CREATE INDEX alert_by_cluster ON alert (cluster, state);
CREATE INDEX alert_by_end ON alert (resolved_at, id);

CREATE TABLE transition (
    alert_id TEXT   NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    cause    TEXT   NOT NULL,
    detail   TEXT,
    by_whom  TEXT,
    to_whom  TEXT,
    PRIMARY KEY (alert_id, revision, seq)
);

-- No reference to alert: a notification is delivered even if its alert is no longer kept.
CREATE TABLE notification (
    alert_id        TEXT     NOT NULL,
    receiver        TEXT     NOT NULL,
    revision        BIGINT   NOT NULL,
    change_kind     TEXT     NOT NULL,
    detail          TEXT,
    is_first        SMALLINT NOT NULL,
    created_at      BIGINT   NOT NULL,
    state           TEXT     NOT NULL,
    state_detail    TEXT,
    next_attempt_at BIGINT,
    tried           BIGINT   NOT NULL,
    attempts        TEXT,
    -- a sender that is gone may have sent it and not recorded that
    unsure          SMALLINT NOT NULL DEFAULT 0,
    -- the revision that replaces a notification which was never attempted
    superseded_by   BIGINT,
    document        TEXT     NOT NULL,
    PRIMARY KEY (alert_id, receiver, revision)
);
CREATE INDEX notification_waiting ON notification (receiver, next_attempt_at, alert_id, revision)
    WHERE state = 'pending' AND superseded_by IS NULL;
CREATE INDEX notification_superseded ON notification (receiver)
    WHERE state = 'pending' AND superseded_by IS NOT NULL;

CREATE TABLE source (
    cluster    TEXT     NOT NULL,
    name       TEXT     NOT NULL,
    node       TEXT     NOT NULL,
    check_name TEXT,
    last_seen  BIGINT   NOT NULL,
    silent     SMALLINT NOT NULL,
    ttl_millis BIGINT   NOT NULL,
    PRIMARY KEY (cluster, name)
);

-- How many lives of each key ever fired; outlives the alerts, so that the number of a life is never used twice.
CREATE TABLE life (
    cluster    TEXT   NOT NULL,
    alert_type TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    lives      BIGINT NOT NULL,
    PRIMARY KEY (cluster, alert_type, subject)
);

CREATE TABLE diagnostic (
    cluster  TEXT   NOT NULL,
    epoch    BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    type     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (cluster, epoch, seq)
);
CREATE INDEX diagnostic_newest ON diagnostic (at, epoch, seq);
CREATE INDEX diagnostic_by_type ON diagnostic (cluster, type, at, epoch, seq);

CREATE TABLE rule_set (
    hash     TEXT   NOT NULL PRIMARY KEY,
    saved_at BIGINT NOT NULL
);

CREATE TABLE rule (
    hash   TEXT   NOT NULL REFERENCES rule_set (hash) ON DELETE CASCADE,
    name   TEXT   NOT NULL,
    file   TEXT   NOT NULL,
    line   BIGINT NOT NULL,
    family TEXT   NOT NULL,
    doc    TEXT   NOT NULL,
    drl    TEXT   NOT NULL,
    PRIMARY KEY (hash, name)
);
