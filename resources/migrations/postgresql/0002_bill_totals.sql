-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the bills of one day (UTC) and of one quarter of an hour come to, kept with them in the same transaction. Every
-- zone's days begin at a whole quarter of an hour, so days and months of any zone are sums of these; the audit adds the
-- bills up again and compares.

CREATE TABLE bill_totals (
    tenant TEXT COLLATE "C" NOT NULL REFERENCES accounts (tenant),
    grain TEXT COLLATE "C" NOT NULL CHECK (grain IN ('day', 'quarter')),
    start TEXT COLLATE "C" NOT NULL, -- 2026-03-01, 2026-03-01T12:45
    item TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    of_run BIGINT NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    bills BIGINT NOT NULL CHECK (bills >= 1),
    amount_micro BIGINT NOT NULL,
    PRIMARY KEY (tenant, grain, start, item, model, of_run)
);

INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
SELECT tenant, 'day', substr(created_at, 1, 10), item, model,
    CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro)
FROM bills GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
SELECT tenant, 'quarter', substr(created_at, 1, 14) || CASE WHEN substr(created_at, 15, 2) < '15' THEN '00'
        WHEN substr(created_at, 15, 2) < '30' THEN '15' WHEN substr(created_at, 15, 2) < '45' THEN '30' ELSE '45' END,
    item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro)
FROM bills GROUP BY 1, 2, 3, 4, 5, 6;

-- For a filter by amount.
CREATE INDEX bills_amount ON bills (tenant, amount_micro);

-- By the database, not by the program: so whoever writes a bill cannot forget them.
CREATE FUNCTION bills_add_totals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    INSERT INTO bill_totals AS t (tenant, grain, start, item, model, of_run, bills, amount_micro)
    VALUES (NEW.tenant, 'day', substr(NEW.created_at, 1, 10), NEW.item, NEW.model,
            CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END, 1, NEW.amount_micro)
    ON CONFLICT (tenant, grain, start, item, model, of_run)
        DO UPDATE SET bills = t.bills + 1, amount_micro = t.amount_micro + excluded.amount_micro;
    INSERT INTO bill_totals AS t (tenant, grain, start, item, model, of_run, bills, amount_micro)
    VALUES (NEW.tenant, 'quarter',
            substr(NEW.created_at, 1, 14) || CASE WHEN substr(NEW.created_at, 15, 2) < '15' THEN '00'
                WHEN substr(NEW.created_at, 15, 2) < '30' THEN '15' WHEN substr(NEW.created_at, 15, 2) < '45' THEN '30'
                ELSE '45' END,
            NEW.item, NEW.model, CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END, 1, NEW.amount_micro)
    ON CONFLICT (tenant, grain, start, item, model, of_run)
        DO UPDATE SET bills = t.bills + 1, amount_micro = t.amount_micro + excluded.amount_micro;
    RETURN NULL;
END $$;

CREATE TRIGGER bills_add_totals AFTER INSERT ON bills FOR EACH ROW EXECUTE FUNCTION bills_add_totals();

-- Makes a tenant's balance and totals anew, where somebody has changed them by hand.
CREATE FUNCTION recount(of_tenant TEXT, at_time TEXT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, society, pg_temp AS $$
BEGIN
    IF NOT of_tenant = ANY (tenants_of('owner')) THEN
        RAISE EXCEPTION 'only an owner of the tenant or an admin' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE accounts SET updated_at = at_time,
        balance_micro = (SELECT coalesce(sum(amount_micro), 0) FROM bills WHERE tenant = of_tenant)
        WHERE tenant = of_tenant;
    DELETE FROM bill_totals WHERE tenant = of_tenant;
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
        SELECT tenant, 'day', substr(created_at, 1, 10), item, model,
            CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro)
        FROM bills WHERE tenant = of_tenant GROUP BY 1, 2, 3, 4, 5, 6;
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
        SELECT tenant, 'quarter', substr(created_at, 1, 14) || CASE WHEN substr(created_at, 15, 2) < '15' THEN '00'
                WHEN substr(created_at, 15, 2) < '30' THEN '15' WHEN substr(created_at, 15, 2) < '45' THEN '30'
                ELSE '45' END,
            item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro)
        FROM bills WHERE tenant = of_tenant GROUP BY 1, 2, 3, 4, 5, 6;
END $$;

ALTER TABLE bill_totals ENABLE ROW LEVEL SECURITY;
CREATE POLICY bill_totals_see ON bill_totals FOR SELECT
    USING (tenant = ANY ((SELECT tenants_of('observer'))::TEXT[]));
GRANT SELECT ON bill_totals TO society_users;
