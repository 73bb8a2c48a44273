-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row stays in its tenant and keeps its id. The policies look at where a row is and where it comes to, each by itself:
-- who may see the one and write in the other could otherwise take what is not his along.

CREATE TRIGGER configurations_stay BEFORE UPDATE ON configurations FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant)
    EXECUTE FUNCTION refuse('a configuration keeps its id and its tenant');
CREATE TRIGGER experiments_stay BEFORE UPDATE ON experiments FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant)
    EXECUTE FUNCTION refuse('an experiment keeps its id and its tenant');

-- Triggers come before policies, so by what they refuse they would tell a stranger what another tenant has: they ask
-- first who is there, and whatever the data is the answer is the same.
CREATE FUNCTION require_role(at_least TEXT, of_tenant TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM members WHERE login = session_user AND (role = 'admin'
            OR (tenant = of_tenant AND role_rank(role) >= role_rank(at_least)))) THEN
        RAISE EXCEPTION 'the role in the tenant does not allow this' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- It tells whose an experiment is, so it is for the triggers alone.
REVOKE ALL ON FUNCTION require_own(TEXT, TEXT) FROM PUBLIC;

CREATE OR REPLACE FUNCTION bills_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
DECLARE
    balance BIGINT;
BEGIN
    PERFORM require_role(CASE WHEN NEW.item IN ('recharge', 'correction') THEN 'owner' ELSE 'member' END, NEW.tenant);
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

CREATE OR REPLACE FUNCTION settlements_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    PERFORM require_role('member', NEW.tenant);
    IF EXISTS (SELECT 1 FROM settlements WHERE experiment = NEW.experiment) THEN
        RAISE EXCEPTION 'a settlement is never replaced' USING ERRCODE = 'SW001';
    END IF;
    PERFORM require_own(NEW.tenant, NEW.experiment);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION holds_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    PERFORM require_role('member', NEW.tenant);
    IF EXISTS (SELECT 1 FROM holds WHERE experiment = NEW.experiment) THEN
        RAISE EXCEPTION 'a hold is never replaced' USING ERRCODE = 'SW001';
    END IF;
    PERFORM require_own(NEW.tenant, NEW.experiment);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION prices_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    PERFORM require_role('admin', '');
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

CREATE OR REPLACE FUNCTION configuration_versions_enter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    PERFORM require_role('member', (SELECT tenant FROM configurations WHERE id = NEW.configuration));
    IF EXISTS (SELECT 1 FROM configuration_versions
            WHERE configuration = NEW.configuration AND version = NEW.version) THEN
        RAISE EXCEPTION 'a version is never replaced' USING ERRCODE = 'SW001';
    END IF;
    RETURN NEW;
END $$;

-- Which transactions were saved, for who has lost the answer to COMMIT. Each has a token that nobody else has. Its number
-- alone would not tell: a server that crashes gives the number of one that never reached its disk to another.
CREATE TABLE writes (
    token TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    login TEXT COLLATE "C" NOT NULL,
    begun_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX writes_begun ON writes (begun_at);

-- First statement of every transaction that writes: takes the one lock of all writers. Who asks does so within seconds,
-- so that what is older than an hour is not kept.
CREATE FUNCTION begin_write(its_token TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7236837125361205620);
    DELETE FROM writes
        WHERE begun_at < to_char((now() - INTERVAL '1 hour') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
    INSERT INTO writes (token, login, begun_at)
        VALUES (its_token, session_user, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
END $$;

ALTER TABLE writes ENABLE ROW LEVEL SECURITY;
CREATE POLICY writes_see ON writes FOR SELECT USING (login = session_user);
GRANT SELECT ON writes TO society_users;

-- The step of an amount, said once: see 0004.
CREATE FUNCTION step_of(amount BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN amount BETWEEN -99 AND 99 THEN amount ELSE amount - amount % CAST('1' || substr('00000000000000000', 1,
        length(CAST(amount AS TEXT)) - CASE WHEN amount < 0 THEN 3 ELSE 2 END) AS BIGINT) END
$$;

CREATE OR REPLACE FUNCTION bills_add_amounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO amount_totals AS t (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
    SELECT NEW.tenant, grain, CASE grain WHEN 'day' THEN substr(NEW.created_at, 1, 10)
        ELSE substr(NEW.created_at, 1, 8) || '01' END, NEW.item, NEW.model,
        CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END, step_of(NEW.amount_micro), 1, NEW.amount_micro
    FROM (SELECT 'day' AS grain UNION ALL SELECT 'month') g
    ON CONFLICT (tenant, grain, start, item, model, of_run, step_micro)
        DO UPDATE SET bills = t.bills + 1, amount_micro = t.amount_micro + excluded.amount_micro;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION add_amounts_of(of_tenant TEXT) RETURNS VOID LANGUAGE plpgsql
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
        SELECT tenant, 'day', substr(created_at, 1, 10), item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END,
            step_of(amount_micro), count(*), sum(amount_micro)
        FROM bills WHERE tenant = of_tenant GROUP BY 1, 2, 3, 4, 5, 6, 7;
    INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
        SELECT tenant, 'month', substr(start, 1, 8) || '01', item, model, of_run, step_micro, sum(bills),
            sum(amount_micro)
        FROM amount_totals WHERE tenant = of_tenant AND grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6, 7;
END $$;
