-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept totals of months, too, so that the sum of many years is one of few rows; and beside each total the numbers of its
-- first and last bill, so that bills of an old time need not be looked for from the newest on. Made anew from the bills.

DROP TRIGGER bills_add_totals ON bills;
DROP FUNCTION bills_add_totals;
DROP TABLE bill_totals;

CREATE TABLE bill_totals (
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    grain TEXT COLLATE "C" NOT NULL CHECK (grain IN ('month', 'day', 'quarter')),
    start TEXT COLLATE "C" NOT NULL, -- UTC: 2026-03-01 (month, day), 2026-03-01T12:45
    item TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    of_run BIGINT NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    bills BIGINT NOT NULL CHECK (bills >= 1),
    amount_micro BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL CHECK (last_seq >= first_seq),
    PRIMARY KEY (tenant, grain, start, item, model, of_run)
);

-- By the database, not by the program: so whoever writes a bill cannot forget them.
CREATE FUNCTION bills_add_totals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO bill_totals AS t (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
    SELECT NEW.tenant, grain, CASE grain WHEN 'quarter' THEN quarter WHEN 'day' THEN substr(quarter, 1, 10)
        ELSE substr(quarter, 1, 8) || '01' END, NEW.item, NEW.model, CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END,
        1, NEW.amount_micro, NEW.seq, NEW.seq
    FROM (SELECT substr(NEW.created_at, 1, 14) || CASE WHEN substr(NEW.created_at, 15, 2) < '15' THEN '00'
            WHEN substr(NEW.created_at, 15, 2) < '30' THEN '15' WHEN substr(NEW.created_at, 15, 2) < '45' THEN '30'
            ELSE '45' END AS quarter) q
        CROSS JOIN (SELECT 'quarter' AS grain UNION ALL SELECT 'day' UNION ALL SELECT 'month') g
    ON CONFLICT (tenant, grain, start, item, model, of_run) DO UPDATE SET bills = t.bills + 1,
        amount_micro = t.amount_micro + excluded.amount_micro, first_seq = least(t.first_seq, excluded.first_seq),
        last_seq = greatest(t.last_seq, excluded.last_seq);
    RETURN NULL;
END $$;

CREATE TRIGGER bills_add_totals AFTER INSERT ON bills FOR EACH ROW EXECUTE FUNCTION bills_add_totals();

-- Adds a tenant's bills up anew.
CREATE FUNCTION add_totals_of(of_tenant TEXT) RETURNS VOID LANGUAGE plpgsql
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
        SELECT tenant, 'quarter', substr(created_at, 1, 14) ||
            CASE WHEN substr(created_at, 15, 2) < '15' THEN '00' WHEN substr(created_at, 15, 2) < '30' THEN '15'
                WHEN substr(created_at, 15, 2) < '45' THEN '30' ELSE '45' END,
            item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro), min(seq), max(seq)
        FROM bills WHERE tenant = of_tenant GROUP BY 1, 2, 3, 4, 5, 6;
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
        SELECT tenant, 'day', substr(start, 1, 10), item, model, of_run, sum(bills), sum(amount_micro), min(first_seq),
            max(last_seq)
        FROM bill_totals WHERE tenant = of_tenant AND grain = 'quarter' GROUP BY 1, 2, 3, 4, 5, 6;
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
        SELECT tenant, 'month', substr(start, 1, 8) || '01', item, model, of_run, sum(bills), sum(amount_micro),
            min(first_seq), max(last_seq)
        FROM bill_totals WHERE tenant = of_tenant AND grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6;
END $$;
REVOKE ALL ON FUNCTION add_totals_of(TEXT) FROM PUBLIC;

SELECT add_totals_of(tenant) FROM accounts;

-- Makes a tenant's balance and totals anew, where somebody has changed them by hand.
CREATE OR REPLACE FUNCTION recount(of_tenant TEXT, at_time TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT of_tenant = ANY (tenants_of('owner')) THEN
        RAISE EXCEPTION 'only an owner of the tenant or an admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE accounts SET updated_at = at_time,
        balance_micro = (SELECT coalesce(sum(amount_micro), 0) FROM bills WHERE tenant = of_tenant)
        WHERE tenant = of_tenant;
    DELETE FROM bill_totals WHERE tenant = of_tenant;
    PERFORM add_totals_of(of_tenant);
END $$;

ALTER TABLE bill_totals ENABLE ROW LEVEL SECURITY;
CREATE POLICY bill_totals_see ON bill_totals FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
GRANT SELECT ON bill_totals TO society_users;

-- A page of one model or one item, however rare it is; and texts are looked for where there are any.
CREATE INDEX bills_model ON bills (tenant, model, seq);
CREATE INDEX bills_item ON bills (tenant, item, seq);
CREATE INDEX bills_notes ON bills (tenant, seq) WHERE description <> '';
CREATE INDEX experiments_names ON experiments (tenant, name, id);

-- With all that a sum over the bills of many runs needs.
DROP INDEX bills_experiment;
CREATE INDEX bills_experiment ON bills (experiment, tenant, model, amount_micro) WHERE experiment IS NOT NULL;
