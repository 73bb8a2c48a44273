-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the bills of one month and of one day (UTC) come to by their amounts, kept with them in the same transaction. By
-- steps: an amount's is what is left of it when it is cut toward zero to two decimal digits (-12345678 is on -12000000,
-- and each of -99 to 99 on itself), at most 90 for each number of digits. So a sum over a range of amounts is one of few
-- rows, and of bills only on the steps that an end of the range cuts.

CREATE TABLE amount_totals (
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    grain TEXT COLLATE "C" NOT NULL CHECK (grain IN ('month', 'day')),
    start TEXT COLLATE "C" NOT NULL, -- UTC: 2026-03-01
    item TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    of_run BIGINT NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    step_micro BIGINT NOT NULL,
    bills BIGINT NOT NULL CHECK (bills >= 1),
    amount_micro BIGINT NOT NULL,
    PRIMARY KEY (tenant, grain, start, item, model, of_run, step_micro)
);

-- By the database, not by the program: so whoever writes a bill cannot forget them.
CREATE FUNCTION bills_add_amounts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO amount_totals AS t (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
    SELECT NEW.tenant, grain, CASE grain WHEN 'day' THEN substr(NEW.created_at, 1, 10)
        ELSE substr(NEW.created_at, 1, 8) || '01' END, NEW.item, NEW.model,
        CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END,
        CASE WHEN NEW.amount_micro BETWEEN -99 AND 99 THEN NEW.amount_micro ELSE NEW.amount_micro - NEW.amount_micro %
            CAST('1' || substr('00000000000000000', 1, length(CAST(NEW.amount_micro AS TEXT)) -
                CASE WHEN NEW.amount_micro < 0 THEN 3 ELSE 2 END) AS BIGINT) END,
        1, NEW.amount_micro
    FROM (SELECT 'day' AS grain UNION ALL SELECT 'month') g
    ON CONFLICT (tenant, grain, start, item, model, of_run, step_micro)
        DO UPDATE SET bills = t.bills + 1, amount_micro = t.amount_micro + excluded.amount_micro;
    RETURN NULL;
END $$;

CREATE TRIGGER bills_add_amounts AFTER INSERT ON bills FOR EACH ROW EXECUTE FUNCTION bills_add_amounts();

-- Adds a tenant's bills up anew.
CREATE FUNCTION add_amounts_of(of_tenant TEXT) RETURNS VOID LANGUAGE plpgsql
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
        SELECT tenant, 'day', substr(created_at, 1, 10), item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END,
            CASE WHEN amount_micro BETWEEN -99 AND 99 THEN amount_micro ELSE amount_micro - amount_micro %
                CAST('1' || substr('00000000000000000', 1, length(CAST(amount_micro AS TEXT)) -
                    CASE WHEN amount_micro < 0 THEN 3 ELSE 2 END) AS BIGINT) END,
            count(*), sum(amount_micro)
        FROM bills WHERE tenant = of_tenant GROUP BY 1, 2, 3, 4, 5, 6, 7;
    INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
        SELECT tenant, 'month', substr(start, 1, 8) || '01', item, model, of_run, step_micro, sum(bills),
            sum(amount_micro)
        FROM amount_totals WHERE tenant = of_tenant AND grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6, 7;
END $$;
REVOKE ALL ON FUNCTION add_amounts_of(TEXT) FROM PUBLIC;

SELECT add_amounts_of(tenant) FROM accounts;

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
    DELETE FROM amount_totals WHERE tenant = of_tenant;
    PERFORM add_amounts_of(of_tenant);
END $$;

ALTER TABLE amount_totals ENABLE ROW LEVEL SECURITY;
CREATE POLICY amount_totals_see ON amount_totals FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
GRANT SELECT ON amount_totals TO society_users;

-- With all that a filter may ask beside the amount of the bills on a step that is cut.
DROP INDEX bills_amount;
CREATE INDEX bills_amount ON bills (tenant, amount_micro, item, model, created_at);
