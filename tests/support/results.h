// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QtGlobal>
#include <type_traits>
#include <utility>

namespace society::test {

/// The value, or the end of the test program with the error's words.
template <class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s: %s (%s)", qPrintable(result.error().code), qPrintable(result.error().message),
            qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// The error's code; empty where there is none.
template <class T>
QString codeOf(const Result<T> &result)
{
    return result ? QString() : result.error().code;
}

} // namespace society::test
