-- The process that holds a monitored cluster; null: nobody since this column is there.
ALTER TABLE owner ADD COLUMN holder TEXT;

-- One life of one process that shares this database. It counts its beat up while it lives; the instant is for people.
CREATE TABLE holder (
    name  TEXT   NOT NULL PRIMARY KEY,
    place TEXT   NOT NULL,
    beat  BIGINT NOT NULL,
    at    BIGINT NOT NULL
);

-- The process that tells a receiver.
CREATE TABLE sender (
    receiver TEXT     NOT NULL PRIMARY KEY,
    epoch    BIGINT   NOT NULL,
    holder   TEXT,
    released SMALLINT NOT NULL
);
