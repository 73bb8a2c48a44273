// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"
#include "services/core/money.h"

#include <QByteArrayView>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace society::ledger {

/// Texts that come again and again (tenants, items, models, days), as small numbers.
class AuditWords {
public:
    [[nodiscard]] int of(QByteArrayView text);
    [[nodiscard]] QString text(int word) const;

private:
    struct Hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>()(text);
        }
    };
    std::unordered_map<std::string, int, Hash, std::equal_to<>> m_numbers;
    std::vector<std::string> m_texts;
};

/// A run's id in 16 bytes. What is no UUID (somebody's hand wrote it) is kept apart by a hash of its text.
struct RunKey {
    quint64 high = 0;
    quint64 low = 0;
    /// `wasUuid` tells which of the two it was.
    [[nodiscard]] static RunKey of(QByteArrayView text, bool *wasUuid = nullptr);
    [[nodiscard]] ExperimentId id() const;
    bool operator==(const RunKey &) const = default;
    friend size_t qHash(const RunKey &key, size_t seed = 0)
    {
        return static_cast<size_t>(key.high ^ (key.low * 31)) ^ seed;
    }
};

/// Which kept total: words of AuditWords, the start with its grain before it (`day 2026-03-01`).
struct TotalKey {
    int tenant = -1;
    int start = -1;
    int item = -1;
    int model = -1;
    bool ofRun = false;
    bool operator==(const TotalKey &) const = default;
    struct Hash {
        [[nodiscard]] std::size_t operator()(const TotalKey &key) const
        {
            quint64 hash = static_cast<quint64>(key.start);
            for (const int part : {key.item, key.model, key.tenant, static_cast<int>(key.ofRun)})
                hash = hash * 0x9E3779B97F4A7C15ULL + static_cast<quint64>(part);
            return hash ^ (hash >> 29U);
        }
    };
};

/// Of bills by the steps of their amounts: see Auditor::printOf().
__extension__ typedef unsigned __int128 Print; // `using` takes no __extension__

struct Total {
    qint64 bills = 0;
    Money amount;
    qint64 firstSequence = INT64_MAX;
    qint64 lastSequence = 0;
    Print print = 0;
    void add(const Total &part);
    bool operator==(const Total &) const = default;
};

} // namespace society::ledger
