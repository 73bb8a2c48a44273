// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/detach.h"

#include <cstdio>
#include <string_view>

int main(int argc, char **argv)
{
    if (argc == 2 && std::string_view(argv[1]) == "--version") {
        std::puts("society-keeper " SOCIETY_VERSION);
        return 0;
    }
    if (argc == 2 && std::string_view(argv[1]) == "--wait")
        return society::keeper::waitDetached();
    if (argc != 2 || argv[1][0] == '-') {
        std::fputs("Usage: society-keeper DIR | --wait\n"
                   "Owns the run of a run directory, with --wait of the one that standard input names; started by the\n"
                   "programs of Society Workbench, not by hand.\n",
            stderr);
        return 2;
    }
    return society::keeper::startDetached(argv[1]);
}
