# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the practice town: a map file for AgentSociety with a grid of areas and points of interest, no roads.

    python practice_map.py TOWN.pb [--size 8]

The format is `city.map.v2.Map` (protobuf, package `pycityproto`). AgentSociety reads the header, the areas (AOIs) and
the points of interest (POIs); roads and lanes matter only to its own traffic simulator. Lengths in metres, projected.
"""
import argparse

from pycityproto.city.map.v2 import map_pb2

BLOCK = 200.0  # one block's edge
AOI_START, POI_START = 500_000_000, 700_000_000
# What stands on a block: (land use, POI category, name); homes are twice as frequent as anything else. Categories are
# those that AgentSociety offers its people to choose from (environment/utils/const.py), "company" aside.
USES = [
    ("R", "", "Homes"), ("B", "restaurant", "Noodle house"), ("R", "", "Homes"), ("A", "school", "School"),
    ("R", "", "Homes"), ("M", "company", "Workshop"), ("B", "marketplace", "Market"), ("R", "", "Homes"),
    ("A", "hospital", "Clinic"), ("B", "cafe", "Tea room"), ("R", "", "Homes"), ("A", "park", "Park"),
]
LAND_USE = {"R": 3, "B": 1, "M": 2, "A": 4}


def build(size):
    town = map_pb2.Map()
    edge = size * BLOCK
    header = town.header
    header.name, header.date = "practice-town", "2026-01-01"
    header.west, header.south, header.east, header.north = 0.0, 0.0, edge, edge
    header.projection = "+proj=tmerc +lat_0=39.9042 +lon_0=116.4074 +datum=WGS84 +units=m"
    for row in range(size):
        for column in range(size):
            number = row * size + column
            use, category, name = USES[(number * 5 + row) % len(USES)]
            aoi = town.aois.add(id=AOI_START + number, type=2, area=(BLOCK * 0.8) ** 2, land_use=LAND_USE[use])
            aoi.name = f"{name} {number}"
            aoi.urban_land_use = use
            left, low = column * BLOCK + BLOCK * 0.1, row * BLOCK + BLOCK * 0.1
            right, high = left + BLOCK * 0.8, low + BLOCK * 0.8
            for x, y in [(left, low), (right, low), (right, high), (left, high), (left, low)]:
                aoi.positions.add(x=x, y=y)
            if category:
                poi = town.pois.add(id=POI_START + number, name=f"{name} {number}", category=category, aoi_id=aoi.id)
                poi.position.x, poi.position.y = left + BLOCK * 0.4, low + BLOCK * 0.4
                aoi.poi_ids.append(poi.id)
    return town


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--size", type=int, default=8, help="blocks on each side (default 8)")
    args = parser.parse_args()
    with open(args.file, "wb") as out:
        out.write(build(args.size).SerializeToString())
