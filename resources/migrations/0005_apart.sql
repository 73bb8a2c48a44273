-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row stays in its tenant and keeps its id, whatever program writes.

CREATE TRIGGER configurations_stay BEFORE UPDATE ON configurations
WHEN NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant
BEGIN
    SELECT RAISE(ABORT, 'a configuration keeps its id and its tenant');
END;

CREATE TRIGGER experiments_stay BEFORE UPDATE ON experiments
WHEN NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant
BEGIN
    SELECT RAISE(ABORT, 'an experiment keeps its id and its tenant');
END;
