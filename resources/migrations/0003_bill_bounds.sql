-- SPDX-License-Identifier: GPL-3.0-or-later
-- Kept totals of months, too, so that the sum of many years is one of few rows; and beside each total the numbers of its
-- first and last bill, so that bills of an old time need not be looked for from the newest on. Made anew from the bills.

DROP TRIGGER bills_add_totals;
DROP TABLE bill_totals;

CREATE TABLE bill_totals (
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    grain TEXT NOT NULL CHECK (grain IN ('month', 'day', 'quarter')),
    start TEXT NOT NULL, -- UTC: 2026-03-01 (month, day), 2026-03-01T12:45
    item TEXT NOT NULL,
    model TEXT NOT NULL,
    of_run INTEGER NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    bills INTEGER NOT NULL CHECK (bills >= 1),
    amount_micro INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
    PRIMARY KEY (tenant, grain, start, item, model, of_run)
) STRICT, WITHOUT ROWID;

INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
SELECT tenant, 'quarter', substr(created_at, 1, 14) || CASE WHEN substr(created_at, 15, 2) < '15' THEN '00'
        WHEN substr(created_at, 15, 2) < '30' THEN '15' WHEN substr(created_at, 15, 2) < '45' THEN '30' ELSE '45' END,
    item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END, count(*), sum(amount_micro), min(seq), max(seq)
FROM bills GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
SELECT tenant, 'day', substr(start, 1, 10), item, model, of_run, sum(bills), sum(amount_micro), min(first_seq), max(last_seq)
FROM bill_totals WHERE grain = 'quarter' GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
SELECT tenant, 'month', substr(start, 1, 8) || '01', item, model, of_run, sum(bills), sum(amount_micro), min(first_seq),
    max(last_seq)
FROM bill_totals WHERE grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6;

-- By the database, not by the program: so whoever writes a bill cannot forget them.
CREATE TRIGGER bills_add_totals AFTER INSERT ON bills
BEGIN
    INSERT INTO bill_totals (tenant, grain, start, item, model, of_run, bills, amount_micro, first_seq, last_seq)
    SELECT NEW.tenant, grain, CASE grain WHEN 'quarter' THEN quarter WHEN 'day' THEN substr(quarter, 1, 10)
        ELSE substr(quarter, 1, 8) || '01' END, NEW.item, NEW.model, CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END,
        1, NEW.amount_micro, NEW.seq, NEW.seq
    FROM (SELECT substr(NEW.created_at, 1, 14) || CASE WHEN substr(NEW.created_at, 15, 2) < '15' THEN '00'
            WHEN substr(NEW.created_at, 15, 2) < '30' THEN '15' WHEN substr(NEW.created_at, 15, 2) < '45' THEN '30'
            ELSE '45' END AS quarter) q
        CROSS JOIN (SELECT 'quarter' AS grain UNION ALL SELECT 'day' UNION ALL SELECT 'month') g
    WHERE true -- else ON CONFLICT would be read as a join's condition
    ON CONFLICT (tenant, grain, start, item, model, of_run) DO UPDATE SET bills = bills + 1,
        amount_micro = amount_micro + excluded.amount_micro, first_seq = min(first_seq, excluded.first_seq),
        last_seq = max(last_seq, excluded.last_seq);
END;

-- A page of one model or one item, however rare it is; and texts are looked for where there are any.
CREATE INDEX bills_model ON bills (tenant, model, seq);
CREATE INDEX bills_item ON bills (tenant, item, seq);
CREATE INDEX bills_notes ON bills (tenant, seq, description) WHERE description <> '';
CREATE INDEX experiments_names ON experiments (tenant, name, id);

-- With all that a sum over the bills of many runs needs.
DROP INDEX bills_experiment;
CREATE INDEX bills_experiment ON bills (experiment, tenant, model, amount_micro) WHERE experiment IS NOT NULL;
