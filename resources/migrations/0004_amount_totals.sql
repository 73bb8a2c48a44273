-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the bills of one month and of one day (UTC) come to by their amounts, kept with them in the same transaction. By
-- steps: an amount's is what is left of it when it is cut toward zero to two decimal digits (-12345678 is on -12000000,
-- and each of -99 to 99 on itself), at most 90 for each number of digits. So a sum over a range of amounts is one of few
-- rows, and of bills only on the steps that an end of the range cuts.

CREATE TABLE amount_totals (
    tenant TEXT NOT NULL REFERENCES accounts (tenant),
    grain TEXT NOT NULL CHECK (grain IN ('month', 'day')),
    start TEXT NOT NULL, -- UTC: 2026-03-01
    item TEXT NOT NULL,
    model TEXT NOT NULL,
    of_run INTEGER NOT NULL CHECK (of_run IN (0, 1)), -- for an experiment, corrections included
    step_micro INTEGER NOT NULL,
    bills INTEGER NOT NULL CHECK (bills >= 1),
    amount_micro INTEGER NOT NULL,
    PRIMARY KEY (tenant, grain, start, item, model, of_run, step_micro)
) STRICT, WITHOUT ROWID;

-- One after the other rather than grouped: they are nearly in the order of their days, and to sort ten million took four
-- times as long.
INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
SELECT tenant, 'day', substr(created_at, 1, 10), item, model, CASE WHEN experiment IS NULL THEN 0 ELSE 1 END,
    CASE WHEN amount_micro BETWEEN -99 AND 99 THEN amount_micro ELSE amount_micro - amount_micro % CAST('1' ||
        substr('00000000000000000', 1, length(CAST(amount_micro AS TEXT)) - CASE WHEN amount_micro < 0 THEN 3 ELSE 2 END)
        AS BIGINT) END,
    1, amount_micro
FROM bills WHERE true ORDER BY seq
ON CONFLICT (tenant, grain, start, item, model, of_run, step_micro)
    DO UPDATE SET bills = bills + 1, amount_micro = amount_micro + excluded.amount_micro;

INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
SELECT tenant, 'month', substr(start, 1, 8) || '01', item, model, of_run, step_micro, sum(bills), sum(amount_micro)
FROM amount_totals WHERE grain = 'day' GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- By the database, not by the program: so whoever writes a bill cannot forget them.
CREATE TRIGGER bills_add_amounts AFTER INSERT ON bills
BEGIN
    INSERT INTO amount_totals (tenant, grain, start, item, model, of_run, step_micro, bills, amount_micro)
    SELECT NEW.tenant, grain, CASE grain WHEN 'day' THEN substr(NEW.created_at, 1, 10)
        ELSE substr(NEW.created_at, 1, 8) || '01' END, NEW.item, NEW.model,
        CASE WHEN NEW.experiment IS NULL THEN 0 ELSE 1 END,
        CASE WHEN NEW.amount_micro BETWEEN -99 AND 99 THEN NEW.amount_micro ELSE NEW.amount_micro - NEW.amount_micro %
            CAST('1' || substr('00000000000000000', 1, length(CAST(NEW.amount_micro AS TEXT)) -
                CASE WHEN NEW.amount_micro < 0 THEN 3 ELSE 2 END) AS BIGINT) END,
        1, NEW.amount_micro
    FROM (SELECT 'day' AS grain UNION ALL SELECT 'month') g
    WHERE true -- else ON CONFLICT would be read as a join's condition
    ON CONFLICT (tenant, grain, start, item, model, of_run, step_micro)
        DO UPDATE SET bills = bills + 1, amount_micro = amount_micro + excluded.amount_micro;
END;

-- With all that a filter may ask beside the amount of the bills on a step that is cut.
DROP INDEX bills_amount;
CREATE INDEX bills_amount ON bills (tenant, amount_micro, item, model, created_at);
