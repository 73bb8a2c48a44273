-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row stays in its tenant and keeps its id. The policies look at where a row is and where it comes to, each by itself:
-- who may see the one and write in the other could otherwise take what is not his along.

CREATE TRIGGER configurations_stay BEFORE UPDATE ON configurations FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant)
    EXECUTE FUNCTION refuse('a configuration keeps its id and its tenant');
CREATE TRIGGER experiments_stay BEFORE UPDATE ON experiments FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.tenant <> OLD.tenant)
    EXECUTE FUNCTION refuse('an experiment keeps its id and its tenant');
