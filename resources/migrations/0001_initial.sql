-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money: INTEGER micro-CNY. Times: TEXT, ISO 8601 UTC with milliseconds and Z, so that their order is the text's order.
-- Ids: TEXT, lower-case UUID with dashes. Flags: INTEGER 0 or 1. STRICT keeps anything else out of these columns.
-- Beside STRICT, AUTOINCREMENT and the triggers nothing here is SQLite's own.

CREATE TABLE tenants (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

INSERT INTO tenants (id, name, created_at) VALUES ('', 'public', '1970-01-01T00:00:00.000Z');

CREATE TABLE configurations (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL CHECK (kind IN ('llm', 'agents', 'map', 'workflow', 'survey', 'profile', 'template')),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1), -- the newest one
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;

CREATE UNIQUE INDEX configurations_name ON configurations (tenant, kind, name) WHERE deleted_at IS NULL;

CREATE TABLE configuration_versions (
    configuration TEXT NOT NULL REFERENCES configurations (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    text TEXT NOT NULL, -- the source as it was written, keys replaced by references
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    PRIMARY KEY (configuration, version)
) STRICT;

CREATE INDEX configuration_versions_sha256 ON configuration_versions (sha256);

CREATE TABLE experiments (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (id) CHECK (tenant <> ''),
    name TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('queued', 'starting', 'running', 'stopping', 'finished', 'failed', 'stopped', 'lost')),
    practice INTEGER NOT NULL DEFAULT 0 CHECK (practice IN (0, 1)),
    reason_code TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    exit_code INTEGER,
    signal INTEGER,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    seed INTEGER NOT NULL DEFAULT 0 CHECK (seed BETWEEN 0 AND 4294967295),
    llm TEXT,
    llm_version INTEGER,
    agents TEXT,
    agents_version INTEGER,
    map TEXT,
    map_version INTEGER,
    workflow TEXT,
    workflow_version INTEGER,
    llm_name TEXT NOT NULL DEFAULT '', -- the names at the start: a configuration may be renamed later
    agents_name TEXT NOT NULL DEFAULT '',
    map_name TEXT NOT NULL DEFAULT '',
    workflow_name TEXT NOT NULL DEFAULT '',
    agents_count INTEGER NOT NULL DEFAULT 0,
    steps_total INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT 0,
    day INTEGER NOT NULL DEFAULT 0,
    second_of_day INTEGER NOT NULL DEFAULT 0,
    phase TEXT NOT NULL DEFAULT '',
    calls INTEGER NOT NULL DEFAULT 0,
    tokens_in INTEGER NOT NULL DEFAULT 0,
    tokens_out INTEGER NOT NULL DEFAULT 0,
    cost_micro INTEGER NOT NULL DEFAULT 0,
    run_ms INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    executor TEXT NOT NULL DEFAULT 'local',
    mode TEXT NOT NULL DEFAULT 'light' CHECK (mode IN ('light', 'ray')),
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    deleted_at TEXT,
    FOREIGN KEY (llm, llm_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (agents, agents_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (map, map_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (workflow, workflow_version) REFERENCES configuration_versions (configuration, version)
) STRICT;

CREATE INDEX experiments_newest ON experiments (tenant, created_at DESC);
CREATE INDEX experiments_open ON experiments (state, settled)
    WHERE settled = 0 OR state IN ('queued', 'starting', 'running', 'stopping');
CREATE INDEX experiments_llm ON experiments (llm);
CREATE INDEX experiments_agents ON experiments (agents);
CREATE INDEX experiments_map ON experiments (map);
CREATE INDEX experiments_workflow ON experiments (workflow);

CREATE TABLE accounts (
    tenant TEXT NOT NULL PRIMARY KEY REFERENCES tenants (id) CHECK (tenant <> ''),
    balance_micro INTEGER NOT NULL DEFAULT 0, -- always the sum of the tenant's bills
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- Bills name experiments without a foreign key: they outlive them.
CREATE TABLE bills (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    experiment TEXT,
    item TEXT NOT NULL CHECK (item IN ('recharge', 'llm_input_token', 'llm_output_token', 'run_time', 'correction')),
    model TEXT NOT NULL DEFAULT '',
    amount_micro INTEGER NOT NULL,
    unit_price_micro INTEGER NOT NULL DEFAULT 0 CHECK (unit_price_micro >= 0),
    quantity INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0),
    unit TEXT NOT NULL DEFAULT '' CHECK (unit IN ('token', 'ms', '')),
    unit_size INTEGER NOT NULL DEFAULT 1 CHECK (unit_size >= 1),
    free INTEGER NOT NULL DEFAULT 0 CHECK (free IN (0, 1)), -- own key or practice: amount 0 whatever the price
    description TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    corrects TEXT REFERENCES bills (id),
    balance_after_micro INTEGER NOT NULL,
    CHECK ((item = 'correction') = (corrects IS NOT NULL)),
    CHECK (item <> 'recharge' OR (amount_micro > 0 AND experiment IS NULL)),
    CHECK (item IN ('recharge', 'correction') OR (amount_micro <= 0 AND experiment IS NOT NULL)),
    CHECK (free = 0 OR amount_micro = 0)
) STRICT;

CREATE UNIQUE INDEX bills_once ON bills (tenant, experiment, item, model)
    WHERE experiment IS NOT NULL AND corrects IS NULL;
-- With the amount, so that totals are read from the index alone.
CREATE INDEX bills_tenant ON bills (tenant, seq, amount_micro);
CREATE INDEX bills_time ON bills (tenant, created_at, item, amount_micro);
CREATE INDEX bills_experiment ON bills (experiment) WHERE experiment IS NOT NULL;

-- One row per experiment that was settled, also where it came to no bill: what makes a second settlement harmless.
CREATE TABLE settlements (
    experiment TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    bills INTEGER NOT NULL CHECK (bills >= 0),
    total_micro INTEGER NOT NULL,
    settled_at TEXT NOT NULL
) STRICT;

CREATE INDEX settlements_tenant ON settlements (tenant);

CREATE TABLE holds (
    experiment TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    amount_micro INTEGER NOT NULL CHECK (amount_micro >= 0),
    reason TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    released_at TEXT,
    release_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX holds_open ON holds (tenant) WHERE released_at IS NULL;

CREATE TABLE prices (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    item TEXT NOT NULL CHECK (item IN ('llm_input_token', 'llm_output_token', 'run_time')),
    model TEXT NOT NULL DEFAULT '', -- '': every model that has no price of its own
    amount_micro INTEGER NOT NULL CHECK (amount_micro >= 0),
    unit_size INTEGER NOT NULL CHECK (unit_size >= 1),
    valid_from TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX prices_of ON prices (item, model, valid_from, seq);

INSERT INTO prices (item, model, amount_micro, unit_size, valid_from, created_at) VALUES
    ('llm_input_token', '', 3000000, 1000000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'),
    ('llm_output_token', '', 3000000, 1000000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'),
    ('run_time', '', 1000, 1000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z');

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- What was written stays, whoever asks. REPLACE deletes without firing a delete trigger, hence those on insert.

CREATE TRIGGER bills_no_update BEFORE UPDATE ON bills
BEGIN
    SELECT RAISE(ABORT, 'a bill is never changed');
END;

CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills
BEGIN
    SELECT RAISE(ABORT, 'a bill is never deleted');
END;

CREATE TRIGGER bills_no_replace BEFORE INSERT ON bills
WHEN EXISTS (SELECT 1 FROM bills WHERE id = NEW.id OR seq = NEW.seq)
    OR (NEW.experiment IS NOT NULL AND NEW.corrects IS NULL AND EXISTS (
        SELECT 1 FROM bills WHERE tenant = NEW.tenant AND experiment = NEW.experiment AND item = NEW.item
            AND model = NEW.model AND corrects IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'a bill is never replaced');
END;

CREATE TRIGGER settlements_no_update BEFORE UPDATE ON settlements
BEGIN
    SELECT RAISE(ABORT, 'a settlement is never changed');
END;

CREATE TRIGGER settlements_no_delete BEFORE DELETE ON settlements
BEGIN
    SELECT RAISE(ABORT, 'a settlement is never deleted');
END;

CREATE TRIGGER settlements_no_replace BEFORE INSERT ON settlements
WHEN EXISTS (SELECT 1 FROM settlements WHERE experiment = NEW.experiment)
BEGIN
    SELECT RAISE(ABORT, 'a settlement is never replaced');
END;

CREATE TRIGGER holds_only_release BEFORE UPDATE ON holds
WHEN OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR NEW.experiment <> OLD.experiment
    OR NEW.tenant <> OLD.tenant OR NEW.amount_micro <> OLD.amount_micro OR NEW.created_at <> OLD.created_at
BEGIN
    SELECT RAISE(ABORT, 'a hold is only ever released, once');
END;

CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds
BEGIN
    SELECT RAISE(ABORT, 'a hold is never deleted');
END;

CREATE TRIGGER holds_no_replace BEFORE INSERT ON holds
WHEN EXISTS (SELECT 1 FROM holds WHERE experiment = NEW.experiment)
BEGIN
    SELECT RAISE(ABORT, 'a hold is never replaced');
END;

CREATE TRIGGER prices_no_update BEFORE UPDATE ON prices
BEGIN
    SELECT RAISE(ABORT, 'a price is never changed');
END;

CREATE TRIGGER prices_no_delete BEFORE DELETE ON prices
BEGIN
    SELECT RAISE(ABORT, 'a price is never deleted');
END;

CREATE TRIGGER prices_no_replace BEFORE INSERT ON prices
WHEN EXISTS (SELECT 1 FROM prices WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'a price is never replaced');
END;

CREATE TRIGGER configuration_versions_no_update BEFORE UPDATE ON configuration_versions
BEGIN
    SELECT RAISE(ABORT, 'a version is never changed');
END;

CREATE TRIGGER configuration_versions_no_delete BEFORE DELETE ON configuration_versions
BEGIN
    SELECT RAISE(ABORT, 'a version is never deleted');
END;

CREATE TRIGGER configuration_versions_no_replace BEFORE INSERT ON configuration_versions
WHEN EXISTS (SELECT 1 FROM configuration_versions
    WHERE configuration = NEW.configuration AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'a version is never replaced');
END;
