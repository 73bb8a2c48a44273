-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the bills of one day (UTC) and of one quarter of an hour come to, kept with them in the same transaction. Every
-- zone's days begin at a whole quarter of an hour, so days and months of any zone are sums of these; the audit adds the
-- bills up again and compares.

CREATE TABLE bill_totals (
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    grain TEXT NOT NULL CHECK (grain IN ('day', 'quarter')),
    start TEXT NOT NULL, -- 2026-03-01, 2026-03-01T12:45
    item TEXT NOT NULL,
    model TEXT NOT NULL,
    of_run INTEGER NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    bills INTEGER NOT NULL CHECK (bills >= 1),
    amount_micro INTEGER NOT NULL,
    PRIMARY KEY (tenant, grain, start, item, model, of_run)
) STRICT;

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
CREATE TRIGGER bills_add_totals AFTER INSERT ON bills
BEGIN
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
    VALUES (NEW.tenant, 'day', substr(NEW.created_at, 1, 10), NEW.item, NEW.model,
            CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END, 1, NEW.amount_micro)
    ON CONFLICT (tenant, grain, start, item, model, of_run)
        DO UPDATE SET bills = bills + 1, amount_micro = amount_micro + excluded.amount_micro;
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro)
    VALUES (NEW.tenant, 'quarter',
            substr(NEW.created_at, 1, 14) || CASE WHEN substr(NEW.created_at, 15, 2) < '15' THEN '00'
                WHEN substr(NEW.created_at, 15, 2) < '30' THEN '15' WHEN substr(NEW.created_at, 15, 2) < '45' THEN '30'
                ELSE '45' END,
            NEW.item, NEW.model, CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END, 1, NEW.amount_micro)
    ON CONFLICT (tenant, grain, start, item, model, of_run)
        DO UPDATE SET bills = bills + 1, amount_micro = amount_micro + excluded.amount_micro;
END;
