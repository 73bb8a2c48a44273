-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables of ../0001_initial.sql for a PostgreSQL server, the same by name, column and key (a test compares them), and
-- what only a server has: who may do what (members, policies), and numbers without gaps (last_numbers).
-- Texts are COLLATE "C": ids and times are compared byte by byte, whatever the server's language.
-- Runs as society_schema, which owns everything here and to which nobody logs in: it is not bound by the policies, so
-- the functions that are SECURITY DEFINER see all rows. SQLSTATEs: SW001 an entry that is kept as it was written, SW002
-- a rule, SW003 no such login, SW004 the last admin.

CREATE TABLE tenants (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

INSERT INTO tenants (id, name, created_at) VALUES ('', 'public', '1970-01-01T00:00:00.000Z');

CREATE TABLE configurations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('llm', 'agents', 'map', 'workflow', 'survey', 'profile', 'template')),
    name TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1), -- the newest one
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    deleted_at TEXT COLLATE "C"
);

CREATE UNIQUE INDEX configurations_name ON configurations (tenant, kind, name) WHERE deleted_at IS NULL;

CREATE TABLE configuration_versions (
    configuration TEXT COLLATE "C" NOT NULL REFERENCES configurations (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    text TEXT COLLATE "C" NOT NULL, -- the source as it was written, keys replaced by references
    sha256 TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL DEFAULT '',
    created_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (configuration, version)
);

CREATE INDEX configuration_versions_sha256 ON configuration_versions (sha256);

CREATE TABLE experiments (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id) CHECK (tenant <> ''),
    name TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL
        CHECK (state IN ('queued', 'starting', 'running', 'stopping', 'finished', 'failed', 'stopped', 'lost')),
    practice BIGINT NOT NULL DEFAULT 0 CHECK (practice IN (0, 1)),
    reason_code TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason TEXT COLLATE "C" NOT NULL DEFAULT '',
    exit_code BIGINT,
    signal BIGINT,
    created_at TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C",
    ended_at TEXT COLLATE "C",
    seed BIGINT NOT NULL DEFAULT 0 CHECK (seed BETWEEN 0 AND 4294967295),
    llm TEXT COLLATE "C",
    llm_version BIGINT,
    agents TEXT COLLATE "C",
    agents_version BIGINT,
    map TEXT COLLATE "C",
    map_version BIGINT,
    workflow TEXT COLLATE "C",
    workflow_version BIGINT,
    llm_name TEXT COLLATE "C" NOT NULL DEFAULT '', -- the names at the start: a configuration may be renamed later
    agents_name TEXT COLLATE "C" NOT NULL DEFAULT '',
    map_name TEXT COLLATE "C" NOT NULL DEFAULT '',
    workflow_name TEXT COLLATE "C" NOT NULL DEFAULT '',
    agents_count BIGINT NOT NULL DEFAULT 0,
    steps_total BIGINT NOT NULL DEFAULT 0,
    step BIGINT NOT NULL DEFAULT 0,
    day BIGINT NOT NULL DEFAULT 0,
    second_of_day BIGINT NOT NULL DEFAULT 0,
    phase TEXT COLLATE "C" NOT NULL DEFAULT '',
    calls BIGINT NOT NULL DEFAULT 0,
    tokens_in BIGINT NOT NULL DEFAULT 0,
    tokens_out BIGINT NOT NULL DEFAULT 0,
    cost_micro BIGINT NOT NULL DEFAULT 0,
    run_ms BIGINT NOT NULL DEFAULT 0,
    settled BIGINT NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    executor TEXT COLLATE "C" NOT NULL DEFAULT 'local',
    mode TEXT COLLATE "C" NOT NULL DEFAULT 'light' CHECK (mode IN ('light', 'ray')),
    note TEXT COLLATE "C" NOT NULL DEFAULT '',
    tags TEXT COLLATE "C" NOT NULL DEFAULT '',
    deleted_at TEXT COLLATE "C",
    FOREIGN KEY (llm, llm_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (agents, agents_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (map, map_version) REFERENCES configuration_versions (configuration, version),
    FOREIGN KEY (workflow, workflow_version) REFERENCES configuration_versions (configuration, version)
);

CREATE INDEX experiments_newest ON experiments (tenant, created_at DESC);
CREATE INDEX experiments_open ON experiments (state, settled)
    WHERE settled = 0 OR state IN ('queued', 'starting', 'running', 'stopping');
CREATE INDEX experiments_llm ON experiments (llm);
CREATE INDEX experiments_agents ON experiments (agents);
CREATE INDEX experiments_map ON experiments (map);
CREATE INDEX experiments_workflow ON experiments (workflow);

CREATE TABLE accounts (
    tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES tenants (id) CHECK (tenant <> ''),
    balance_micro BIGINT NOT NULL DEFAULT 0, -- always the sum of the tenant's bills
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);

-- Bills name experiments without a foreign key: they outlive them.
CREATE TABLE bills (
    seq BIGINT NOT NULL PRIMARY KEY, -- given by a trigger
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    experiment TEXT COLLATE "C",
    item TEXT COLLATE "C" NOT NULL CHECK (item IN ('recharge', 'llm_input_token', 'llm_output_token', 'run_time', 'correction')),
    model TEXT COLLATE "C" NOT NULL DEFAULT '',
    amount_micro BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL DEFAULT 0 CHECK (unit_price_micro >= 0),
    quantity BIGINT NOT NULL DEFAULT 0 CHECK (quantity >= 0),
    unit TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (unit IN ('token', 'ms', '')),
    unit_size BIGINT NOT NULL DEFAULT 1 CHECK (unit_size >= 1),
    free BIGINT NOT NULL DEFAULT 0 CHECK (free IN (0, 1)), -- own key or practice: amount 0 whatever the price
    description TEXT COLLATE "C" NOT NULL DEFAULT '',
    created_at TEXT COLLATE "C" NOT NULL,
    corrects TEXT COLLATE "C" REFERENCES bills (id),
    balance_after_micro BIGINT NOT NULL,
    CHECK ((item = 'correction') = (corrects IS NOT NULL)),
    CHECK (item <> 'recharge' OR (amount_micro > 0 AND experiment IS NULL)),
    CHECK (item IN ('recharge', 'correction') OR (amount_micro <= 0 AND experiment IS NOT NULL)),
    CHECK (free = 0 OR amount_micro = 0)
);

CREATE UNIQUE INDEX bills_once ON bills (tenant, experiment, item, model)
    WHERE experiment IS NOT NULL AND corrects IS NULL;
-- With the amount, so that totals are read from the index alone.
CREATE INDEX bills_tenant ON bills (tenant, seq, amount_micro);
CREATE INDEX bills_time ON bills (tenant, created_at, item, amount_micro);
CREATE INDEX bills_experiment ON bills (experiment) WHERE experiment IS NOT NULL;

-- One row per experiment that was settled, also where it came to no bill: what makes a second settlement harmless.
CREATE TABLE settlements (
    experiment TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    bills BIGINT NOT NULL CHECK (bills >= 0),
    total_micro BIGINT NOT NULL,
    settled_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX settlements_tenant ON settlements (tenant);

CREATE TABLE holds (
    experiment TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    amount_micro BIGINT NOT NULL CHECK (amount_micro >= 0),
    reason TEXT COLLATE "C" NOT NULL DEFAULT '',
    created_at TEXT COLLATE "C" NOT NULL,
    released_at TEXT COLLATE "C",
    release_reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE INDEX holds_open ON holds (tenant) WHERE released_at IS NULL;

CREATE TABLE prices (
    seq BIGINT NOT NULL PRIMARY KEY, -- given by a trigger
    item TEXT COLLATE "C" NOT NULL CHECK (item IN ('llm_input_token', 'llm_output_token', 'run_time')),
    model TEXT COLLATE "C" NOT NULL DEFAULT '', -- '': every model that has no price of its own
    amount_micro BIGINT NOT NULL CHECK (amount_micro >= 0),
    unit_size BIGINT NOT NULL CHECK (unit_size >= 1),
    valid_from TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX prices_of ON prices (item, model, valid_from, seq);

INSERT INTO prices (seq, item, model, amount_micro, unit_size, valid_from, created_at) VALUES
    (1, 'llm_input_token', '', 3000000, 1000000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'),
    (2, 'llm_output_token', '', 3000000, 1000000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'),
    (3, 'run_time', '', 1000, 1000, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z');

CREATE TABLE settings (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

-- The newest number of each table. Not a sequence: that leaves a gap where a transaction is rolled back, and the audit
-- takes a gap for a bill that was removed.
CREATE TABLE last_numbers (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

INSERT INTO last_numbers (name, seq) VALUES ('bills', 0), ('prices', 3);

-- Who may do what. A login is one of the server's; it may have a role in several tenants. An admin has the tenant ''.
CREATE TABLE members (
    login TEXT COLLATE "C" NOT NULL,
    tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('observer', 'member', 'owner', 'admin')),
    created_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (login, tenant),
    CHECK ((role = 'admin') = (tenant = ''))
);

-- What was written stays, whoever asks.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'SW001';
END $$;

-- Money is for one's own experiments: a row for another tenant's would be in the way of that tenant's settlement.
CREATE FUNCTION require_own(of_tenant TEXT, run TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM experiments WHERE id = run AND tenant <> of_tenant) THEN
        RAISE EXCEPTION 'the experiment belongs to another tenant' USING ERRCODE = 'SW002';
    END IF;
END $$;

-- Numbers the bill and keeps the balance: by the database, so that no program can write one without the other.
CREATE FUNCTION bills_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
DECLARE
    balance BIGINT;
BEGIN
    IF NEW.seq IS NULL THEN
        UPDATE last_numbers SET seq = seq + 1 WHERE name = 'bills' RETURNING seq INTO NEW.seq;
    ELSIF is_admin() THEN -- brought from another database
        UPDATE last_numbers SET seq = greatest(seq, NEW.seq) WHERE name = 'bills';
    ELSE
        RAISE EXCEPTION 'the number of a bill is given by the database' USING ERRCODE = 'SW002';
    END IF;
    IF EXISTS (SELECT 1 FROM bills WHERE id = NEW.id OR seq = NEW.seq)
        OR (NEW.experiment IS NOT NULL AND NEW.corrects IS NULL AND EXISTS (
            SELECT 1 FROM bills WHERE tenant = NEW.tenant AND experiment = NEW.experiment AND item = NEW.item
                AND model = NEW.model AND corrects IS NULL)) THEN
        RAISE EXCEPTION 'a bill is never replaced' USING ERRCODE = 'SW001';
    END IF;
    PERFORM require_own(NEW.tenant, NEW.experiment);
    IF NEW.corrects IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bills WHERE id = NEW.corrects AND tenant = NEW.tenant) THEN
        RAISE EXCEPTION 'a correction is for a bill of its own tenant' USING ERRCODE = 'SW002';
    END IF;
    UPDATE accounts SET balance_micro = balance_micro + NEW.amount_micro, updated_at = NEW.created_at
        WHERE tenant = NEW.tenant RETURNING balance_micro INTO balance;
    IF balance IS DISTINCT FROM NEW.balance_after_micro THEN
        RAISE EXCEPTION 'after a bill the balance is the one before it and its amount' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION prices_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NEW.seq IS NULL THEN
        UPDATE last_numbers SET seq = seq + 1 WHERE name = 'prices' RETURNING seq INTO NEW.seq;
    ELSE
        UPDATE last_numbers SET seq = greatest(seq, NEW.seq) WHERE name = 'prices';
    END IF;
    IF EXISTS (SELECT 1 FROM prices WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION 'a price is never replaced' USING ERRCODE = 'SW001';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION settlements_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM settlements WHERE experiment = NEW.experiment) THEN
        RAISE EXCEPTION 'a settlement is never replaced' USING ERRCODE = 'SW001';
    END IF;
    PERFORM require_own(NEW.tenant, NEW.experiment);
    RETURN NEW;
END $$;

CREATE FUNCTION holds_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM holds WHERE experiment = NEW.experiment) THEN
        RAISE EXCEPTION 'a hold is never replaced' USING ERRCODE = 'SW001';
    END IF;
    PERFORM require_own(NEW.tenant, NEW.experiment);
    RETURN NEW;
END $$;

CREATE FUNCTION configuration_versions_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM configuration_versions
            WHERE configuration = NEW.configuration AND version = NEW.version) THEN
        RAISE EXCEPTION 'a version is never replaced' USING ERRCODE = 'SW001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER bills_enter BEFORE INSERT ON bills FOR EACH ROW EXECUTE FUNCTION bills_enter();
CREATE TRIGGER prices_enter BEFORE INSERT ON prices FOR EACH ROW EXECUTE FUNCTION prices_enter();
CREATE TRIGGER settlements_enter BEFORE INSERT ON settlements FOR EACH ROW EXECUTE FUNCTION settlements_enter();
CREATE TRIGGER holds_enter BEFORE INSERT ON holds FOR EACH ROW EXECUTE FUNCTION holds_enter();
CREATE TRIGGER configuration_versions_enter BEFORE INSERT ON configuration_versions
    FOR EACH ROW EXECUTE FUNCTION configuration_versions_enter();

CREATE TRIGGER bills_no_update BEFORE UPDATE ON bills
    FOR EACH ROW EXECUTE FUNCTION refuse('a bill is never changed');
CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills
    FOR EACH ROW EXECUTE FUNCTION refuse('a bill is never deleted');
CREATE TRIGGER bills_no_truncate BEFORE TRUNCATE ON bills
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a bill is never deleted');
CREATE TRIGGER settlements_no_update BEFORE UPDATE ON settlements
    FOR EACH ROW EXECUTE FUNCTION refuse('a settlement is never changed');
CREATE TRIGGER settlements_no_delete BEFORE DELETE ON settlements
    FOR EACH ROW EXECUTE FUNCTION refuse('a settlement is never deleted');
CREATE TRIGGER settlements_no_truncate BEFORE TRUNCATE ON settlements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a settlement is never deleted');
CREATE TRIGGER holds_only_release BEFORE UPDATE ON holds FOR EACH ROW
    WHEN (OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR NEW.experiment <> OLD.experiment
        OR NEW.tenant <> OLD.tenant OR NEW.amount_micro <> OLD.amount_micro OR NEW.created_at <> OLD.created_at)
    EXECUTE FUNCTION refuse('a hold is only ever released, once');
CREATE TRIGGER holds_no_delete BEFORE DELETE ON holds
    FOR EACH ROW EXECUTE FUNCTION refuse('a hold is never deleted');
CREATE TRIGGER holds_no_truncate BEFORE TRUNCATE ON holds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a hold is never deleted');
CREATE TRIGGER prices_no_update BEFORE UPDATE ON prices
    FOR EACH ROW EXECUTE FUNCTION refuse('a price is never changed');
CREATE TRIGGER prices_no_delete BEFORE DELETE ON prices
    FOR EACH ROW EXECUTE FUNCTION refuse('a price is never deleted');
CREATE TRIGGER prices_no_truncate BEFORE TRUNCATE ON prices
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a price is never deleted');
CREATE TRIGGER configuration_versions_no_update BEFORE UPDATE ON configuration_versions
    FOR EACH ROW EXECUTE FUNCTION refuse('a version is never changed');
CREATE TRIGGER configuration_versions_no_delete BEFORE DELETE ON configuration_versions
    FOR EACH ROW EXECUTE FUNCTION refuse('a version is never deleted');
CREATE TRIGGER configuration_versions_no_truncate BEFORE TRUNCATE ON configuration_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a version is never deleted');

-- Who sees and writes which rows. By session_user: it stays the login, whatever role a program takes on.

CREATE FUNCTION role_rank(role TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE role WHEN 'observer' THEN 1 WHEN 'member' THEN 2 WHEN 'owner' THEN 3 WHEN 'admin' THEN 4 ELSE 0 END
$$;

CREATE FUNCTION is_admin() RETURNS BOOLEAN LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM members WHERE login = session_user AND role = 'admin')
$$;

-- The tenants in which who is logged in has at least a role: all for an admin; the public one can be seen by all members.
CREATE FUNCTION tenants_of(at_least TEXT) RETURNS TEXT[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
    SELECT coalesce(array_agg(t.id), '{}') FROM tenants t WHERE EXISTS (SELECT 1 FROM members m
        WHERE m.login = session_user AND (m.role = 'admin' OR (at_least = 'observer' AND t.id = '')
            OR (m.tenant = t.id AND role_rank(m.role) >= role_rank(at_least))))
$$;

CREATE FUNCTION set_member(member TEXT, of_tenant TEXT, as_role TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT is_admin() AND (as_role = 'admin' OR NOT of_tenant = ANY (tenants_of('owner'))) THEN
        RAISE EXCEPTION 'only an owner of the tenant or an admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = member AND rolcanlogin) THEN
        RAISE EXCEPTION 'no such login' USING ERRCODE = 'SW003';
    END IF;
    INSERT INTO members (login, tenant, role, created_at)
        VALUES (member, of_tenant, as_role, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        ON CONFLICT (login, tenant) DO UPDATE SET role = excluded.role;
    IF NOT pg_has_role(member, 'society_users', 'member') THEN
        EXECUTE format('GRANT society_users TO %I', member);
    END IF;
END $$;

CREATE FUNCTION remove_member(member TEXT, of_tenant TEXT) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT is_admin() AND NOT of_tenant = ANY (tenants_of('owner')) THEN
        RAISE EXCEPTION 'only an owner of the tenant or an admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM 1 FROM members WHERE role = 'admin' FOR UPDATE;
    DELETE FROM members WHERE login = member AND tenant = of_tenant;
    IF FOUND AND NOT EXISTS (SELECT 1 FROM members WHERE role = 'admin') THEN
        RAISE EXCEPTION 'the last admin' USING ERRCODE = 'SW004';
    END IF;
    RETURN FOUND;
END $$;

-- The ledger lives elsewhere from now on: what is here can be read, and nobody goes on writing to it.
CREATE FUNCTION close_ledger() RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT is_admin() THEN
        RAISE EXCEPTION 'only an admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
    REVOKE INSERT, UPDATE ON ALL TABLES IN SCHEMA society FROM society_users;
END $$;

GRANT USAGE ON SCHEMA society TO society_users;
GRANT SELECT ON ALL TABLES IN SCHEMA society TO society_users;
GRANT INSERT ON tenants, configurations, configuration_versions, experiments, accounts, bills, settlements, holds, prices,
    settings TO society_users;
GRANT UPDATE ON configurations, experiments, holds, settings TO society_users;

-- (SELECT f()) is computed once for a statement, not for each row. Of a row that one sees but may not change an UPDATE is
-- refused, rather than passed over as if it were not there.

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants_see ON tenants FOR SELECT USING (id = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY tenants_add ON tenants FOR INSERT WITH CHECK ((SELECT is_admin()));

ALTER TABLE members ENABLE ROW LEVEL SECURITY;
CREATE POLICY members_see ON members FOR SELECT
    USING (login = session_user OR tenant = ANY ((SELECT tenants_of('owner'))::TEXT[]));

ALTER TABLE configurations ENABLE ROW LEVEL SECURITY;
CREATE POLICY configurations_see ON configurations FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY configurations_add ON configurations FOR INSERT
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));
CREATE POLICY configurations_change ON configurations FOR UPDATE
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]))
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));

ALTER TABLE configuration_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY configuration_versions_see ON configuration_versions FOR SELECT
    USING (EXISTS (SELECT 1 FROM configurations c WHERE c.id = configuration));
CREATE POLICY configuration_versions_add ON configuration_versions FOR INSERT
    WITH CHECK (EXISTS (SELECT 1 FROM configurations c WHERE c.id = configuration
        AND c.tenant = ANY ((SELECT tenants_of('member'))::TEXT[])));

ALTER TABLE experiments ENABLE ROW LEVEL SECURITY;
CREATE POLICY experiments_see ON experiments FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY experiments_add ON experiments FOR INSERT
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));
CREATE POLICY experiments_change ON experiments FOR UPDATE
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]))
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));

-- Nobody changes an account by hand: bills_enter keeps its balance.
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY accounts_see ON accounts FOR SELECT USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY accounts_add ON accounts FOR INSERT WITH CHECK ((SELECT is_admin()));

ALTER TABLE bills ENABLE ROW LEVEL SECURITY;
CREATE POLICY bills_see ON bills FOR SELECT USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY bills_charge ON bills FOR INSERT
    WITH CHECK (item NOT IN ('recharge', 'correction') AND tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));
CREATE POLICY bills_top_up ON bills FOR INSERT
    WITH CHECK (item IN ('recharge', 'correction') AND tenant = ANY ((SELECT tenants_of('owner'))::TEXT[]));

ALTER TABLE settlements ENABLE ROW LEVEL SECURITY;
CREATE POLICY settlements_see ON settlements FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY settlements_add ON settlements FOR INSERT
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));

ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY holds_see ON holds FOR SELECT USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
CREATE POLICY holds_add ON holds FOR INSERT WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));
CREATE POLICY holds_release ON holds FOR UPDATE
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]))
    WITH CHECK (tenant = ANY ((SELECT tenants_of('member'))::TEXT[]));

-- The same for all tenants: the admin's.
ALTER TABLE prices ENABLE ROW LEVEL SECURITY;
CREATE POLICY prices_see ON prices FOR SELECT USING (true);
CREATE POLICY prices_add ON prices FOR INSERT WITH CHECK ((SELECT is_admin()));

ALTER TABLE settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY settings_see ON settings FOR SELECT USING (true);
CREATE POLICY settings_add ON settings FOR INSERT WITH CHECK ((SELECT is_admin()));
CREATE POLICY settings_change ON settings FOR UPDATE USING (true) WITH CHECK ((SELECT is_admin()));

ALTER TABLE schema_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY schema_versions_see ON schema_versions FOR SELECT USING (true);

-- How many bills all tenants have together is the admin's to know.
ALTER TABLE last_numbers ENABLE ROW LEVEL SECURITY;
CREATE POLICY last_numbers_see ON last_numbers FOR SELECT USING ((SELECT is_admin()));
