// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace society::models {

/// What every list model of the house answers beside the text: meaning, from which delegates choose looks.
enum Role {
    SortRole = Qt::UserRole + 1, ///< a value to compare by
    TieRole,                     ///< compared, descending, where SortRole is equal (newest first)
    SearchRole,                  ///< QString: all of a row that the filter line looks at
    IdRole,                      ///< QString: what the row is about
    StateRole,                   ///< int(experiment::State)
    ProgressRole,                ///< double 0…1, or −1 while it is not known
    FirstOwnRole,                ///< where a model's own roles begin
};

} // namespace society::models
