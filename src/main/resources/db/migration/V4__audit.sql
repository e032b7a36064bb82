-- What people and programs did. Rows are added, and deleted when they are past their retention; none is ever changed.
CREATE TABLE audit (
    id       TEXT     NOT NULL PRIMARY KEY,
    at       BIGINT   NOT NULL,
    -- null: nobody said who
    actor    TEXT,
    verified SMALLINT NOT NULL,
    action   TEXT     NOT NULL,
    target   TEXT,
    outcome  TEXT     NOT NULL,
    detail   TEXT,
    client   TEXT,
    request  TEXT,
    member   TEXT     NOT NULL
);
CREATE INDEX audit_newest ON audit (at, id);
CREATE INDEX audit_by_action ON audit (action, at, id);
CREATE INDEX audit_by_actor ON audit (actor, at, id);
