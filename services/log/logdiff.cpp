// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that both logs have exactly once are the fixed points ("patience"); between them the shortest way is looked for
// (Myers' O(ND)), and where it is too long, the way that has got farthest is taken.
#include "services/log/logdiff.h"

#include <QHash>
#include <algorithm>

namespace society::log {

namespace {

/// How many lines may differ in one stretch before the way so far is taken; the first time, and from then on.
constexpr qint64 MostDifferences = 2000;
constexpr qint64 CoarseDifferences = 256;
constexpr qint64 LineBytes = 65'536;

/// The same stretch of both sides.
struct Stretch {
    qint64 left = 0;
    qint64 leftEnd = 0;
    qint64 right = 0;
    qint64 rightEnd = 0;
};

class Differ {
public:
    Differ(const std::vector<quint64> &left, const std::vector<quint64> &right, const std::atomic_bool &stop)
        : m_left(left)
        , m_right(right)
        , m_stop(stop)
    {
    }

    [[nodiscard]] LogDiff run()
    {
        compare({0, std::ssize(m_left), 0, std::ssize(m_right)});
        m_diff.leftLines = std::ssize(m_left);
        m_diff.rightLines = std::ssize(m_right);
        m_diff.sameLines = m_diff.leftLines;
        for (const DiffHunk &hunk : m_diff.hunks)
            m_diff.sameLines -= hunk.leftCount;
        return std::move(m_diff);
    }

private:
    [[nodiscard]] bool isSame(qint64 left, qint64 right) const
    {
        return m_left[static_cast<size_t>(left)] == m_right[static_cast<size_t>(right)];
    }

    void add(qint64 left, qint64 leftCount, qint64 right, qint64 rightCount)
    {
        if (leftCount == 0 && rightCount == 0)
            return;
        if (!m_diff.hunks.empty()) {
            DiffHunk &last = m_diff.hunks.back();
            if (last.left + last.leftCount == left && last.right + last.rightCount == right) {
                last.leftCount += leftCount;
                last.rightCount += rightCount;
                return;
            }
        }
        m_diff.hunks.push_back({left, leftCount, right, rightCount});
    }

    void compare(Stretch all)
    {
        const auto shrink = [this](Stretch &stretch) {
            while (stretch.left < stretch.leftEnd && stretch.right < stretch.rightEnd &&
                   isSame(stretch.left, stretch.right))
                ++stretch.left, ++stretch.right;
            while (stretch.left < stretch.leftEnd && stretch.right < stretch.rightEnd &&
                   isSame(stretch.leftEnd - 1, stretch.rightEnd - 1))
                --stretch.leftEnd, --stretch.rightEnd;
        };
        shrink(all);
        for (const auto &[left, right] : fixedPoints(all)) {
            Stretch before{all.left, left, all.right, right};
            shrink(before);
            walk(before);
            all.left = left;
            all.right = right;
        }
        shrink(all);
        walk(all);
    }

    /// Lines that are there once on both sides, as many as can be in the same order.
    [[nodiscard]] std::vector<std::pair<qint64, qint64>> fixedPoints(const Stretch &in) const
    {
        const auto once = [](const std::vector<quint64> &lines, qint64 begin, qint64 end) {
            std::vector<std::pair<quint64, qint64>> sorted;
            sorted.reserve(static_cast<size_t>(end - begin));
            for (qint64 i = begin; i < end; ++i)
                sorted.emplace_back(lines[static_cast<size_t>(i)], i);
            std::sort(sorted.begin(), sorted.end());
            size_t kept = 0;
            for (size_t i = 0; i < sorted.size();) {
                size_t next = i + 1;
                while (next < sorted.size() && sorted[next].first == sorted[i].first)
                    ++next;
                if (next == i + 1)
                    sorted[kept++] = sorted[i];
                i = next;
            }
            sorted.resize(kept);
            return sorted;
        };
        const auto left = once(m_left, in.left, in.leftEnd);
        const auto right = once(m_right, in.right, in.rightEnd);
        std::vector<std::pair<qint64, qint64>> pairs;
        for (size_t i = 0, j = 0; i < left.size() && j < right.size();) {
            if (left[i].first == right[j].first)
                pairs.emplace_back(left[i++].second, right[j++].second);
            else if (left[i].first < right[j].first)
                ++i;
            else
                ++j;
        }
        std::sort(pairs.begin(), pairs.end());
        return longestRising(pairs);
    }

    [[nodiscard]] static std::vector<std::pair<qint64, qint64>> longestRising(
        const std::vector<std::pair<qint64, qint64>> &pairs)
    {
        std::vector<size_t> ends; // of the sequence of each length: the pair with the smallest right line
        std::vector<size_t> before(pairs.size(), SIZE_MAX);
        for (size_t i = 0; i < pairs.size(); ++i) {
            const auto place = std::lower_bound(ends.begin(), ends.end(), pairs[i].second,
                [&](size_t end, qint64 right) { return pairs[end].second < right; });
            if (place != ends.begin())
                before[i] = *(place - 1);
            if (place == ends.end())
                ends.push_back(i);
            else
                *place = i;
        }
        std::vector<std::pair<qint64, qint64>> rising;
        for (size_t i = ends.empty() ? SIZE_MAX : ends.back(); i != SIZE_MAX; i = before[i])
            rising.push_back(pairs[i]);
        std::reverse(rising.begin(), rising.end());
        return rising;
    }

    /// Adds the differences of a stretch, by the shortest way or several that got far.
    void walk(Stretch in)
    {
        for (qint64 most = MostDifferences; !m_stop; most = CoarseDifferences) {
            if (in.left == in.leftEnd || in.right == in.rightEnd)
                break;
            if (!walkAtMost(most, in))
                m_diff.isCoarse = true;
        }
        add(in.left, in.leftEnd - in.left, in.right, in.rightEnd - in.right);
    }

    /// Goes on in a stretch over at most so many differences; true if it came to its end.
    bool walkAtMost(qint64 most, Stretch &in)
    {
        const qint64 leftCount = in.leftEnd - in.left;
        const qint64 rightCount = in.rightEnd - in.right;
        most = std::min(most, leftCount + rightCount);
        // How far left one gets on each diagonal (left - right) with d differences, for each d.
        std::vector<std::vector<qint64>> farthest;
        qint64 bestDiagonal = 0;
        qint64 bestSum = -1;
        bool isEnd = false;
        for (qint64 d = 0; d <= most && !isEnd && !m_stop; ++d) {
            std::vector<qint64> row(static_cast<size_t>(d + 1), -1);
            bestSum = -1;
            for (qint64 diagonal = -d; diagonal <= d; diagonal += 2) {
                qint64 x = d > 0 ? stepTo(farthest.back(), d, diagonal, leftCount, rightCount).left : 0;
                if (x < 0)
                    continue;
                while (x < leftCount && x - diagonal < rightCount && isSame(in.left + x, in.right + x - diagonal))
                    ++x;
                row[static_cast<size_t>((diagonal + d) / 2)] = x;
                if (2 * x - diagonal > bestSum) {
                    bestSum = 2 * x - diagonal;
                    bestDiagonal = diagonal;
                }
            }
            isEnd = bestSum == leftCount + rightCount;
            farthest.push_back(std::move(row));
        }
        backtrack(farthest, bestDiagonal, in);
        return isEnd;
    }

    /// A row: how far left one gets on the diagonals -d, -d + 2, … d with d differences; -1: not there.
    using Row = std::vector<qint64>;
    struct Step {
        qint64 left = -1;    // where one is after the difference
        bool isLeft = false; // it is a line of the left side
    };

    /// The better way onto a diagonal with the d-th difference.
    [[nodiscard]] static Step stepTo(const Row &last, qint64 d, qint64 diagonal, qint64 leftCount, qint64 rightCount)
    {
        const auto from = [&](qint64 other, qint64 move) {
            const bool isThere = std::abs(other) < d && last[static_cast<size_t>((other + d - 1) / 2)] >= 0;
            const qint64 left = isThere ? last[static_cast<size_t>((other + d - 1) / 2)] + move : -1;
            const qint64 right = left - diagonal;
            return isThere && left <= leftCount && right >= 0 && right <= rightCount ? left : -1;
        };
        const qint64 down = from(diagonal + 1, 0);
        const qint64 across = from(diagonal - 1, 1);
        return across > down ? Step{across, true} : Step{down, false};
    }

    void backtrack(const std::vector<Row> &farthest, qint64 diagonal, Stretch &in)
    {
        std::vector<std::pair<qint64, qint64>> steps; // places before each difference
        std::vector<bool> isLeft;
        const qint64 endX = farthest.back()[static_cast<size_t>((diagonal + std::ssize(farthest) - 1) / 2)];
        const qint64 endY = endX - diagonal;
        const qint64 leftCount = in.leftEnd - in.left;
        const qint64 rightCount = in.rightEnd - in.right;
        for (qint64 d = std::ssize(farthest) - 1; d > 0; --d) {
            const Step step = stepTo(farthest[static_cast<size_t>(d - 1)], d, diagonal, leftCount, rightCount);
            diagonal += step.isLeft ? -1 : 1;
            const qint64 fromX = step.left - (step.isLeft ? 1 : 0);
            steps.emplace_back(fromX, fromX - diagonal);
            isLeft.push_back(step.isLeft);
        }
        for (size_t i = steps.size(); i-- > 0;)
            add(in.left + steps[i].first, isLeft[i] ? 1 : 0, in.right + steps[i].second, isLeft[i] ? 0 : 1);
        in.left += endX;
        in.right += endY;
    }

    const std::vector<quint64> &m_left;
    const std::vector<quint64> &m_right;
    const std::atomic_bool &m_stop;
    LogDiff m_diff;
};

Result<std::vector<quint64>> hashesOf(
    const LogFile &file, qint64 end, const DiffOptions &options, bool &isPartial, const std::atomic_bool &stop)
{
    std::vector<quint64> hashes;
    BlockReader reader;
    SOCIETY_TRY(forEachLine(file, reader, 0, 0, end, LineBytes, [&](const RawLine &line) {
        if (line.number >= DiffMostLines || stop) {
            isPartial = true;
            return false;
        }
        const QByteArray form = comparedForm(line.data, options);
        hashes.push_back(
            qHashBits(form.constData(), static_cast<size_t>(form.size()), static_cast<size_t>(line.bytes > LineBytes)));
        return true;
    }));
    return hashes;
}

} // namespace

LogDiff diffLines(const std::vector<quint64> &left, const std::vector<quint64> &right, const std::atomic_bool &stop)
{
    return Differ(left, right, stop).run();
}

Result<LogDiff> diffLogs(const LogFile &left, qint64 leftEnd, const LogFile &right, qint64 rightEnd,
    const DiffOptions &options, const std::atomic_bool &stop)
{
    bool isPartial = false;
    SOCIETY_ASSIGN(const std::vector<quint64> leftLines, hashesOf(left, leftEnd, options, isPartial, stop));
    SOCIETY_ASSIGN(const std::vector<quint64> rightLines, hashesOf(right, rightEnd, options, isPartial, stop));
    LogDiff diff = diffLines(leftLines, rightLines, stop);
    diff.isPartial = isPartial;
    return diff;
}

namespace {

/// One side of a hunk: where it begins and how many lines it has there.
struct Side {
    qint64 DiffHunk::*first;
    qint64 DiffHunk::*count;
};
constexpr Side leftSide{&DiffHunk::left, &DiffHunk::leftCount};
constexpr Side rightSide{&DiffHunk::right, &DiffHunk::rightCount};

qint64 acrossFrom(const std::vector<DiffHunk> &hunks, qint64 line, Side here, Side there)
{
    const auto after = std::upper_bound(hunks.begin(), hunks.end(), line,
        [here](qint64 wanted, const DiffHunk &hunk) { return wanted < hunk.*here.first; });
    if (after == hunks.begin())
        return line;
    const DiffHunk &hunk = *(after - 1);
    const qint64 into = line - hunk.*here.first;
    if (into < hunk.*here.count)
        return hunk.*there.first + std::min(into, std::max<qint64>(0, hunk.*there.count - 1));
    return into - hunk.*here.count + hunk.*there.first + hunk.*there.count;
}

} // namespace

qint64 LogDiff::rightOf(qint64 leftLine) const
{
    return acrossFrom(hunks, leftLine, leftSide, rightSide);
}

qint64 LogDiff::leftOf(qint64 rightLine) const
{
    return acrossFrom(hunks, rightLine, rightSide, leftSide);
}

} // namespace society::log
