# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for AgentSociety's city simulator: straight lines instead of traffic, for tests and practice runs.

AgentSociety 1.5 starts `<home_dir>/agentsociety-sim-oss` and speaks gRPC with it. This program
takes the same command line and answers every call that AgentSociety 1.5.7 makes. People go from one area of interest to
another in a straight line at a fixed speed; the economy's books are kept in memory. It needs the packages `grpcio` and
`pycityproto`, which AgentSociety itself depends on.

It differs from the real simulator in what it does not model: roads, traffic lights, congestion, public transport.
Times in seconds, lengths in metres, positions in the map's own projection.
"""
import argparse
import asyncio
import base64
import math
import os
import signal
import sys

with open("/proc/self/comm", "w", encoding="ascii") as comm:  # by which a keeper knows it, even dead
    comm.write("practice_city.py")

import grpc
import yaml
from pycityproto.city.economy.v2 import org_service_pb2 as org
from pycityproto.city.economy.v2 import org_service_pb2_grpc as org_grpc
from pycityproto.city.map.v2 import map_pb2
from pycityproto.city.person.v2 import person_service_pb2 as person
from pycityproto.city.person.v2 import person_service_pb2_grpc as person_grpc
from pycityproto.city.sync.v2 import sync_service_pb2 as sync
from pycityproto.city.sync.v2 import sync_service_pb2_grpc as sync_grpc

SLEEP, DRIVING, WALKING = 1, 2, 3
WALK_ONLY = 1
WALK_SPEED, DRIVE_SPEED = 1.34, 10.0


class City:
    """The map's places: where an area or a point of interest is."""

    def __init__(self, path):
        city = map_pb2.Map()
        with open(path, "rb") as file:
            city.ParseFromString(file.read())
        self.aois = {a.id: _centre(a.positions) for a in city.aois}
        self.pois = {p.id: (p.position.x, p.position.y) for p in city.pois}

    def locate(self, position):
        """(aoi id, x, y) of a Position message; an unknown place is the first area."""
        if position.HasField("aoi_position") and position.aoi_position.aoi_id in self.aois:
            at = position.aoi_position
            return (at.aoi_id, *self.pois.get(at.poi_id, self.aois[at.aoi_id]))
        if position.HasField("xy_position"):
            return 0, position.xy_position.x, position.xy_position.y
        aoi = next(iter(self.aois))
        return (aoi, *self.aois[aoi])


def _centre(points):
    return sum(p.x for p in points) / len(points), sum(p.y for p in points) / len(points)


class Walker:
    """One person: where they are, and the trips they still have to make."""

    def __init__(self, message, place):
        self.message, self.status = message, SLEEP
        self.aoi, self.x, self.y = place
        self.trips, self.target, self.speed = [], None, 0.0

    def step(self, now, seconds, city, totals):
        if self.target is None:
            if not self.trips or self.trips[0].departure_time > now:
                return
            trip = self.trips.pop(0)
            self.target = city.locate(trip.end)
            walking = trip.mode == WALK_ONLY
            self.status, self.speed = (WALKING, WALK_SPEED) if walking else (DRIVING, DRIVE_SPEED)
        aoi, x, y = self.target
        left, reach = math.hypot(x - self.x, y - self.y), self.speed * seconds
        totals.running_total_travel_time += seconds
        totals.running_total_travel_distance += min(left, reach)
        if left <= reach:
            self.aoi, self.x, self.y = aoi, x, y
            self.status, self.target = SLEEP, None
            totals.num_completed_trips += 1
        else:
            self.aoi = 0
            self.x += (x - self.x) * reach / left
            self.y += (y - self.y) * reach / left


class PersonService(person_grpc.PersonServiceServicer):
    def __init__(self, city):
        self.city, self.walkers = city, {}
        self.totals = person.GetGlobalStatisticsResponse()

    def step(self, now, seconds):
        for walker in self.walkers.values():
            walker.step(now, seconds, self.city, self.totals)

    async def AddPerson(self, request, context):
        new = request.person.id or max(self.walkers, default=0) + 1
        request.person.id = new
        self.walkers[new] = Walker(request.person, self.city.locate(request.person.home))
        return person.AddPersonResponse(person_id=new)

    async def GetPerson(self, request, context):
        walker = await self._walker(request.person_id, context)
        answer = person.GetPersonResponse()
        answer.person.base.CopyFrom(walker.message)
        motion = answer.person.motion
        motion.id, motion.status, motion.v = request.person_id, walker.status, walker.speed if walker.target else 0.0
        motion.position.xy_position.x, motion.position.xy_position.y = walker.x, walker.y
        if walker.aoi:
            motion.position.aoi_position.aoi_id = walker.aoi
        return answer

    async def SetSchedule(self, request, context):
        walker = await self._walker(request.person_id, context)
        walker.trips = [trip for schedule in request.schedules for trip in schedule.trips]
        walker.target, walker.status = None, SLEEP
        return person.SetScheduleResponse()

    async def ResetPersonPosition(self, request, context):
        walker = await self._walker(request.person_id, context)
        walker.aoi, walker.x, walker.y = self.city.locate(request.position)
        walker.trips, walker.target, walker.status = [], None, SLEEP
        return person.ResetPersonPositionResponse()

    async def GetGlobalStatistics(self, request, context):
        return self.totals

    async def _walker(self, number, context):
        if number not in self.walkers:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no person {number}")
        return self.walkers[number]


# The economy's five kinds of entity: (method suffix, plural, request field, id field, repeated?)
KINDS = [
    ("Firm", "Firms", "firms", "firm_id", True),
    ("Agent", "Agents", "agents", "agent_id", True),
    ("Bank", "Banks", "bank", "bank_id", False),
    ("Government", "Governments", "government", "government_id", False),
    ("NBS", "NBS", "nbs", "nbs_id", False),
]
MEMBER_FIELD = {"employees": "employees", "citizen_ids": "citizen_ids", "citizen_agent_ids": "citizen_agent_ids"}


class OrgService(org_grpc.OrgServiceServicer):
    """Stores entities by id; each kind has Add, Get, Update, List, Remove and DeltaUpdate."""

    def __init__(self):
        self.books = {kind: {} for kind, *_ in KINDS}

    async def CalculateTaxesDue(self, request, context):
        government = await self._entity("Government", request.government_id, context)
        cutoffs, rates = list(government.bracket_cutoffs), list(government.bracket_rates)
        due = [_bracket_tax(income, cutoffs, rates) for income in request.incomes]
        share = sum(due) / len(due) if due and request.enable_redistribution else 0.0
        net = [income - tax + share for income, tax in zip(request.incomes, due)]
        for number, income, after in zip(request.agent_ids, request.incomes, net):
            if number in self.books["Agent"]:
                self.books["Agent"][number].currency += after - income
        if not request.enable_redistribution:
            government.currency += sum(due)
        return org.CalculateTaxesDueResponse(taxes_due=sum(due), updated_incomes=net)

    async def CalculateConsumption(self, request, context):
        agent = await self._entity("Agent", request.agent_id, context)
        spent = 0.0
        for number, demand in zip(request.firm_ids, request.demands):
            firm = await self._entity("Firm", number, context)
            affordable = int(max(agent.currency - spent, 0) // firm.price) if firm.price > 0 else demand
            sold = max(0, min(demand, firm.inventory, affordable))
            firm.inventory -= sold
            firm.demand += demand
            firm.sales += sold
            firm.currency += sold * firm.price
            spent += sold * firm.price
        agent.currency -= spent
        agent.consumption = spent + (agent.consumption if request.consumption_accumulation else 0.0)
        return org.CalculateConsumptionResponse(actual_consumption=spent, success=spent > 0)

    async def CalculateInterest(self, request, context):
        bank = await self._entity("Bank", request.bank_id, context)
        total, updated = 0.0, []
        for number in request.agent_ids:
            agent = await self._entity("Agent", number, context)
            interest = agent.currency * bank.interest_rate
            agent.currency += interest
            bank.currency -= interest
            total += interest
            updated.append(agent.currency)
        return org.CalculateInterestResponse(total_interest=total, updated_currencies=updated)

    async def CalculateRealGDP(self, request, context):
        await self._entity("NBS", request.nbs_id, context)
        return org.CalculateRealGDPResponse(real_gdp=sum(f.sales * f.price for f in self.books["Firm"].values()))

    async def _entity(self, kind, number, context):
        if number not in self.books[kind]:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no {kind} {number}")
        return self.books[kind][number]


def _bracket_tax(income, cutoffs, rates):
    tax = 0.0
    for low, high, rate in zip(cutoffs, cutoffs[1:] + [math.inf], rates):
        tax += max(0.0, min(income, high) - low) * rate
    return tax


def _apply_delta(entity, update):
    for field, value in update.ListFields():
        name = field.name
        if name.startswith("delta_"):
            _add(entity, name[len("delta_"):], value)
        elif name.startswith("new_"):
            setattr(entity, name[len("new_"):], value)
        elif name.startswith(("add_", "remove_")):
            verb, _, target = name.partition("_")
            members = getattr(entity, MEMBER_FIELD[target])
            keep = [m for m in members if m not in value] + (list(value) if verb == "add" else [])
            del members[:]
            members.extend(keep)


def _add(entity, name, value):
    current = getattr(entity, name)
    if isinstance(value, (int, float)):
        setattr(entity, name, current + value)
    elif hasattr(value, "items"):
        for key, number in value.items():
            current[key] += number
    else:
        for index, number in enumerate(value):
            current[index] += number


def _define_books():
    """Add the six store methods of every kind to OrgService; they differ in the messages' names only."""
    for kind, plural, field, id_field, many in KINDS:
        _define_kind(kind, plural, field, id_field, many)


def _define_kind(kind, plural, field, id_field, many):
    def message(verb, name=kind):
        return getattr(org, f"{verb}{name}Response")

    def entities(request):
        return list(getattr(request, field)) if many else [getattr(request, field)]

    def ids(request):
        return list(getattr(request, id_field + "s")) if many else [getattr(request, id_field)]

    async def add(self, request, context):
        answer = message("Add")()
        for entity in entities(request):
            self.books[kind][entity.id] = entity
            if many:
                getattr(answer, id_field + "s").append(entity.id)
        return answer

    async def get(self, request, context):
        found = [await self._entity(kind, number, context) for number in ids(request)]
        return message("Get")(**{field: found if many else found[0]})

    async def update(self, request, context):
        for entity in entities(request):
            self.books[kind][entity.id] = entity
        return message("Update")()

    async def list_all(self, request, context):
        listed = "nbs_list" if kind == "NBS" else plural.lower()
        return message("List", plural)(**{listed: list(self.books[kind].values())})

    async def remove(self, request, context):
        for number in ids(request):
            self.books[kind].pop(number, None)
        return message("Remove")()

    async def delta(self, request, context):
        for update_ in request.updates if many else [request]:
            _apply_delta(await self._entity(kind, getattr(update_, id_field), context), update_)
        return message("DeltaUpdate")()

    for verb, name, method in [("Add", kind, add), ("Get", kind, get), ("Update", kind, update),
                               ("List", plural, list_all), ("Remove", kind, remove), ("DeltaUpdate", kind, delta)]:
        setattr(OrgService, verb + name, method)


_define_books()


async def serve(listen, syncer, city, seconds):
    people, books = PersonService(city), OrgService()
    server = grpc.aio.server()
    person_grpc.add_PersonServiceServicer_to_server(people, server)
    org_grpc.add_OrgServiceServicer_to_server(books, server)
    if server.add_insecure_port(listen) == 0:
        raise SystemExit(f"practice city: cannot listen on {listen}")
    await server.start()
    now = 0.0
    try:
        async with grpc.aio.insecure_channel(syncer) as channel:
            clock = sync_grpc.SyncServiceStub(channel)
            while True:
                await clock.EnterStepSync(sync.EnterStepSyncRequest(name="city"))
                people.step(now, seconds)
                now += seconds
                await clock.ExitStepSync(sync.ExitStepSyncRequest(name="city", close=False))
    except grpc.aio.AioRpcError:
        pass  # the runner has closed its side: the simulation is over
    finally:
        await server.stop(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-config-data", required=True, help="base64 of the YAML configuration")
    parser.add_argument("-listen", required=True)
    parser.add_argument("-syncer", required=True)
    parser.add_argument("-job", default="")
    parser.add_argument("-cache", default="")
    parser.add_argument("-log.level", dest="log_level", default="warn")
    args = parser.parse_args()
    config = yaml.safe_load(base64.b64decode(args.config_data))
    step = config.get("control", {}).get("step", {})
    city = City(config["input"]["map"]["file"])
    asyncio.run(serve(args.listen, args.syncer.removeprefix("http://"), city, float(step.get("interval", 1))))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    sys.exit(main())
