using System.Net;
using CsCheck;
using VpcRouter.Health;
using VpcRouter.Monitors.Multi;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.Monitors.Multi;

internal sealed class BallotTests
{
    private static readonly IPAddress[] Everybody = [.. Enumerable.Range(1, 5).Select(i => IPAddress.Parse($"10.0.0.{i}"))];

    // The last host is in no list: a vote on it is one from before it was removed.
    private static readonly HostList Hosts = new(Everybody[..4]);

    private static readonly Gen<HealthReport> GenVote = Gen.Select(Gen.Int[0, 4].Array[0, 5], Gen.Int[0, 4].Array[0, 5],
        (failed, questionable) => new HealthReport(failed.Select(i => Everybody[i]), questionable.Select(i => Everybody[i]), DateTimeOffset.UnixEpoch, "vote"));

    [Test]
    public void Count_AnyVotes_FailedExactlyWithEnoughOfThem() => Gen.Select(GenVote.Array[1, 4], Gen.Int[0, 4]).Sample((votes, number) =>
    {
        var mode = new MultiMode(number);
        var report = Ballot.Count(votes, mode, Hosts, DateTimeOffset.UnixEpoch, "multi");

        return Everybody.All(host => report.Failed.Contains(host) == (Hosts.Contains(host) && votes.Count(vote => vote.Failed.Contains(host)) >= mode.Needed(votes.Length)));
    });

    [Test]
    public void Count_AnyVotes_QuestionableExactlyWhenNotFailedAndAnybodySaysSo() => Gen.Select(GenVote.Array[1, 4], Gen.Int[0, 4]).Sample((votes, number) =>
    {
        var report = Ballot.Count(votes, new MultiMode(number), Hosts, DateTimeOffset.UnixEpoch, "multi");

        return Everybody.All(host => report.Questionable.Contains(host) == (Hosts.Contains(host) && !report.Failed.Contains(host) && votes.Any(vote => vote.Questionable.Contains(host))));
    });

    [Test]
    public void Count_EnoughSayFailedOrQuestionable_IsAtLeastQuestionable() => Gen.Select(GenVote.Array[1, 4], Gen.Int[0, 4]).Sample((votes, number) =>
    {
        var mode = new MultiMode(number);
        var report = Ballot.Count(votes, mode, Hosts, DateTimeOffset.UnixEpoch, "multi");

        return Hosts.Where(host => votes.Count(vote => vote.StateOf(host) != HealthState.Healthy) >= mode.Needed(votes.Length)).All(host => report.StateOf(host) != HealthState.Healthy);
    });
}
