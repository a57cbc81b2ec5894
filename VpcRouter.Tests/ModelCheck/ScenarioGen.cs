using System.Collections.Immutable;
using System.Globalization;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.InMemory;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Draws scenarios. The same seed gives the same one.</summary>
internal sealed class ScenarioGen
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly ImmutableArray<FleetMember> _fleet;
    private readonly VpcState _vpc;
    private readonly SpecGen _specs;
    private readonly ImmutableArray<string> _tables;
    private RouteSpec _spec;

    private ScenarioGen(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        var vpcs = new VpcGen(_random);
        _fleet = vpcs.Fleet();
        _vpc = vpcs.Vpc(_fleet);
        _tables = [.. _vpc.Tables.Keys.Where(id => id is not ("rtb-edge" or "rtb-other"))];
        _specs = new SpecGen(_random, [.. _fleet.SelectMany(member => member.Addresses), System.Net.IPAddress.Parse("10.0.77.99")], _tables);
        _spec = _specs.Draw();
    }

    public static Scenario Draw(int seed) => new ScenarioGen(seed).Draw();

    public static string Describe(RouteSpec spec) => string.Join("; ", spec.Entries.Select(entry =>
        $"{entry.Destination} via {string.Join(",", entry.Hosts)} {entry.Select} failback {entry.Failback?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "never"} fallback {entry.Fallback?.Id ?? "none"} tables {(entry.RouteTables.IsEmpty ? "all" : string.Join(",", entry.RouteTables))}"));

    private Scenario Draw()
    {
        var spec = _spec;
        var duration = TimeSpan.FromSeconds(_random.Next(60, 300));
        var steps = Enumerable.Range(0, _random.Next(3, 25))
            .Select(_ => TimeSpan.FromMilliseconds(_random.Next((int)duration.TotalMilliseconds)))
            .Order()
            .Select(Step)
            .ToImmutableArray();
        return new Scenario(_seed, _vpc, _fleet, VpcGen.Others, spec, Settings(), steps, duration);
    }

    private ScenarioSettings Settings()
    {
        var managed = _random.Next(5) == 0 ? CidrList.Parse("10.0.0.0/8,0.0.0.0/0,2000::/3").Items : [];
        var ignored = CidrList.Parse(_random.Next(5) == 0 ? "172.31.0.0/16,10.2.0.0/16" : "172.31.0.0/16,10.9.0.0/16").Items;
        var isTight = _random.Next(3) == 0;
        return new ScenarioSettings(new ScenarioPolicy(ignored, managed))
        {
            Recheck = TimeSpan.FromSeconds(new[] { 5, 15, 30, 30, 60 }[_random.Next(5)]),
            Burst = isTight ? _random.Next(1, 4) : 50,
            PerSecond = isTight ? _random.Next(1, 4) : 5,
            MaxDeletes = _random.Next(3) == 0 ? _random.Next(5) : null,
            PanicThreshold = _random.Next(3) == 0 ? _random.Next(20, 90) : null,
        };
    }

    private ScenarioStep Step(TimeSpan at) => _random.Next(20) switch
    {
        < 6 => Fate(at),
        6 => Retire(at),
        < 9 => ChangeSpec(at),
        < 14 => Fault(at),
        < 17 => SomebodyElse(at),
        17 => Restart(at),
        18 => new ScenarioStep(at, "the router will be killed at its next write", run => run.KillAtNextWrite()),
        _ => BreakPlugin(at),
    };

    private ScenarioStep Fate(TimeSpan at)
    {
        var number = _fleet[_random.Next(_fleet.Length)].Number;
        var lingers = _random.Next(2) == 0;
        var pick = _random.Next(9);
        if (pick == 0)
            return Of(at, $"host {number} is replaced by a new instance with the same addresses{(lingers ? "; the old interface lingers" : "")}", run => run.Fleet.Replace(number, lingers));
        if (pick == 1 && _fleet.FirstOrDefault(member => member.Number != number && member.Zone == _fleet.First(it => it.Number == number).Zone) is { } other)
            return Of(at, $"a secondary address of host {number} moves to host {other.Number}", run => MoveSecondary(run, number, other.Number));
        var fate = new[] { HostFate.Alive, HostFate.Alive, HostFate.Alive, HostFate.Dead, HostFate.Stopped, HostFate.Terminated, HostFate.Detached }[_random.Next(7)];
        return Of(at, $"host {number} becomes {fate}", run => run.Fleet.Become(number, fate));
    }

    private ScenarioStep Retire(TimeSpan at)
    {
        var (number, isRetiring) = (_fleet[_random.Next(_fleet.Length)].Number, _random.Next(3) > 0);
        return Of(at, $"host {number} is {(isRetiring ? "" : "not ")}about to be retired", run => run.Fleet.Retire(number, isRetiring));
    }

    private ScenarioStep ChangeSpec(TimeSpan at)
    {
        var spec = _spec = _specs.Change(_spec);
        return new ScenarioStep(at, $"the spec becomes {Describe(spec)}", run => run.GiveSpec(spec));
    }

    private ScenarioStep Fault(TimeSpan at)
    {
        var kinds = Enum.GetValues<FaultKind>();
        var kind = kinds[_random.Next(kinds.Length)];
        var duration = TimeSpan.FromSeconds(_random.Next(1, 90));
        var probability = _random.Next(3) == 0 ? 1 : Math.Round(_random.NextDouble(), 2);
        return new ScenarioStep(at, string.Create(CultureInfo.InvariantCulture, $"{kind} for {duration.TotalSeconds} s with probability {probability}"), run => run.BeginFault(kind, duration, probability));
    }

    private ScenarioStep SomebodyElse(TimeSpan at)
    {
        var table = _tables[_random.Next(_tables.Length)];
        var destination = SpecGen.Destinations[_random.Next(SpecGen.Destinations.Length)];
        var target = new RouteTarget[]
        {
            RouteTarget.OfInterface("eni-fw"), RouteTarget.OfInterface(_fleet[_random.Next(_fleet.Length)].InterfaceId), new(RouteTargetKind.NatGateway, "nat-1"), new(RouteTargetKind.InternetGateway, "igw-1"),
        }[_random.Next(4)];
        return _random.Next(2) == 0
            ? new ScenarioStep(at, $"somebody else deletes {destination} in {table}", run => run.ChangeBehindItsBack(table, destination, null))
            : new ScenarioStep(at, $"somebody else points {destination} in {table} at {target}", run => run.ChangeBehindItsBack(table, destination, target));
    }

    private ScenarioStep Restart(TimeSpan at)
    {
        var downFor = TimeSpan.FromSeconds(_random.Next(1, 40));
        return _random.Next(2) == 0
            ? new ScenarioStep(at, "SIGKILL", run => run.Kill(downFor))
            : new ScenarioStep(at, "SIGTERM", run => run.Stop(downFor + TimeSpan.FromSeconds(6)));
    }

    private ScenarioStep BreakPlugin(TimeSpan at) => _random.Next(2) == 0
        ? new ScenarioStep(at, "the monitor throws", run => run.BreakMonitor())
        : new ScenarioStep(at, "the watcher throws", run => run.BreakWatcher());

    private static ScenarioStep Of(TimeSpan at, string what, Action<ScenarioRun> change) => new(at, what, run =>
    {
        change(run);
        run.HostChanged();
    });

    private static void MoveSecondary(ScenarioRun run, int from, int to)
    {
        if (run.Fleet[from].Addresses.Length > 1)
            run.Fleet.MoveSecondary(from, to);
    }
}
