using System.Net;
using CsCheck;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Health;

internal sealed class HealthTrackerProperties
{
    private static readonly Gen<IPAddress> GenHost = Gen.Int[1, 6].Select(last => new IPAddress([10, 0, 0, (byte)last]));
    private static readonly Gen<HostList> GenHosts = GenHost.Array[0, 6].Select(hosts => new HostList(hosts));

    // A new host list, a result (true, false) or an inconclusive probe (null).
    private static readonly Gen<(HostList? Hosts, IPAddress Host, bool? Success)> GenStep = Gen.Frequency(
        (1, GenHosts.Select(hosts => ((HostList?)hosts, IPAddress.None, (bool?)null))),
        (12, Gen.Select(GenHost, Gen.Bool, (host, success) => ((HostList?)null, host, (bool?)success))),
        (2, GenHost.Select(host => ((HostList?)null, host, (bool?)null))));

    private static readonly Gen<(int Fall, int Rise, HostList Hosts, (HostList? Hosts, IPAddress Host, bool? Success)[] Steps)> GenRun =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], GenHosts, GenStep.Array[0, 80]);

    [Test]
    public void Verdicts_AnyHistory_FollowTheRunsOfResults() => GenRun.Sample(run =>
    {
        var tracker = new HealthTracker(run.Fall, run.Rise);
        var histories = new Dictionary<IPAddress, List<bool>>();
        SetHosts(tracker, histories, run.Hosts);
        foreach (var (hosts, host, success) in run.Steps)
        {
            Step(tracker, histories, hosts, host, success);
            foreach (var (known, history) in histories)
            {
                if (tracker.IsFailed(known) != Expected(history, run.Fall, run.Rise))
                    return false;
            }

            if (!tracker.Failed.All(histories.ContainsKey))
                return false;
        }

        return true;
    });

    [Test]
    public void Changes_AnyHistory_AreToldExactlyWhenTheListChanged() => GenRun.Sample(run =>
    {
        var tracker = new HealthTracker(run.Fall, run.Rise);
        tracker.SetHosts(run.Hosts);
        foreach (var (hosts, host, success) in run.Steps)
        {
            var before = tracker.Failed.ToHashSet();
            var told = Step(tracker, [], hosts, host, success);
            if (told == before.SetEquals(tracker.Failed))
                return false;
        }

        return true;
    });

    [Test]
    public void IsDecided_EveryHostHasOneGoodOrFallFailedProbes_True() => GenRun.Sample(run =>
    {
        var tracker = new HealthTracker(run.Fall, run.Rise);
        tracker.SetHosts(run.Hosts);
        foreach (var host in run.Hosts)
        {
            for (var i = 0; i < run.Fall; i++)
                tracker.Record(host, success: host.GetAddressBytes()[3] % 2 == 0);
        }

        return tracker.IsDecided && run.Hosts.All(tracker.IsHostDecided);
    });

    private static bool Step(HealthTracker tracker, Dictionary<IPAddress, List<bool>> histories, HostList? hosts, IPAddress host, bool? success)
    {
        if (hosts is not null)
            return SetHosts(tracker, histories, hosts);
        if (success is not { } result)
        {
            tracker.RecordInconclusive(host);
            return false;
        }

        if (histories.TryGetValue(host, out var history))
            history.Add(result);
        return tracker.Record(host, result);
    }

    private static bool SetHosts(HealthTracker tracker, Dictionary<IPAddress, List<bool>> histories, HostList hosts)
    {
        foreach (var gone in histories.Keys.Where(host => !hosts.Contains(host)).ToArray())
            histories.Remove(gone);
        foreach (var host in hosts)
            histories.TryAdd(host, []);
        return tracker.SetHosts(hosts);
    }

    /// <summary>The rule itself, from the whole history: the newest full run decides.</summary>
    private static bool Expected(List<bool> history, int fall, int rise)
    {
        var failed = false;
        for (var end = 1; end <= history.Count; end++)
        {
            var newest = history.Take(end).Reverse().ToArray();
            if (newest.TakeWhile(success => !success).Count() >= fall)
                failed = true;
            else if (newest.TakeWhile(success => success).Count() >= rise)
                failed = false;
        }

        return failed;
    }
}
