using System.Text.Json;
using VpcRouter.Health;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Monitors.Multi;

/// <summary>Who has a vote, how many are enough, and what readiness says of it.</summary>
internal sealed partial class MultiMonitorTests
{
    [Test]
    public async Task SubMonitors_AllDown_LastWordStandsUntilOneIsBack()
    {
        var multi = Monitor("one:two");
        await using var run = new RunningMonitor(multi);
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B, C);
        await one.SayAsync(A);
        await two.SayAsync(A, questionable: B);
        (await run.NextFailedAsync()).Should().Equal(A);

        one.Crash();
        await Eventually.BeTrueAsync(() => multi.Problem is not null);
        two.Crash();
        await Eventually.BeTrueAsync(() => multi.Problem!.StartsWith("nobody has a vote", StringComparison.Ordinal));

        multi.Problem.Should().Be("nobody has a vote, and the last report stays in force: one is down and has no vote (crashed); two is down and has no vote (crashed)");
        run.WaitingReports.Should().Be(0);
        run.Give(B, C);
        (await run.NextAsync()).Should().Match<HealthReport>(report => report.Failed.Count == 0 && report.Questionable.Count == 1);
        var again = await _time.AdvanceUntilAsync(_factory.NextAsync("two"), 100);
        await again.SayAsync(C);
        (await run.NextFailedAsync()).Should().Equal(C);
    }

    [Test]
    public async Task Problem_SubMonitorDownThenUp_SaysSoUntilItHasReported()
    {
        var multi = Monitor("one:two");
        await using var run = new RunningMonitor(multi);
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A);
        await one.SayAsync("");
        await two.SayAsync("");
        await run.NextAsync();
        multi.Problem.Should().BeNull();

        one.Crash();
        await Eventually.BeTrueAsync(() => multi.Problem == "one is down and has no vote (crashed)");
        var again = await _time.AdvanceUntilAsync(_factory.NextAsync("one"), 100);
        await Eventually.BeTrueAsync(() => multi.Problem == "one was started again and has no vote before its first report");
        await again.SayAsync("");

        await Eventually.BeTrueAsync(() => multi.Problem is null);
    }

    [Test]
    public async Task Problem_OfASubMonitor_ComesThrough()
    {
        var multi = Monitor("one:two");
        await using var run = new RunningMonitor(multi);
        var one = await _factory.NextAsync("one");

        one.Problem = "blind";

        multi.Problem.Should().Be("nobody has a vote, and the last report stays in force: one: blind");
    }

    [TestCase("any", A, B)]
    [TestCase("2", A)]
    [TestCase("all")]
    public async Task Report_Mode_DecidesHowManyVotesAreEnough(string mode, params string[] failed)
    {
        await using var run = new RunningMonitor(Monitor("one:two:three", mode));
        FakeMonitor[] subs = [await _factory.NextAsync("one"), await _factory.NextAsync("two"), await _factory.NextAsync("three")];
        await GiveAsync(run, subs, A, B, C);

        await subs[0].SayAsync(A);
        await subs[1].SayAsync($"{A} {B}");
        await subs[2].SayAsync("", questionable: C);
        var report = await run.NextAsync();

        RunningMonitor.Names(report.Failed).Should().Equal(failed);
        RunningMonitor.Names(report.Questionable).Should().Equal(C);
    }

    [Test]
    public async Task Report_SubMonitorDown_AllAreThoseThatHaveAVote()
    {
        await using var run = new RunningMonitor(Monitor("one:two", "all"));
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A);
        await one.SayAsync("");
        await two.SayAsync(A);
        (await run.NextFailedAsync()).Should().BeEmpty();

        one.Crash();

        (await run.NextFailedAsync()).Should().Equal(A);
    }

    [TestCase("3", "--multi-mode \"3\" asks for more votes than --multi-plugins names monitors; give 1 to 2, any or all")]
    public void Constructor_MoreVotesThanMonitors_SaysWhy(string mode, string message)
    {
        var act = () => Monitor("one:two", mode);

        act.Should().Throw<SettingsException>().WithMessage(message);
        _factory.Everything.Should().BeEmpty();
    }

    [Test]
    public async Task Statistics_Votes_ShowWhoSaidWhat()
    {
        var multi = Monitor("one:two", "all");
        await using var run = new RunningMonitor(multi);
        var (one, two) = (await _factory.NextAsync("one"), await _factory.NextAsync("two"));
        await GiveAsync(run, [one, two], A, B);
        await one.SayAsync(A, questionable: B);
        await two.SayAsync("");
        await run.NextAsync();

        JsonSerializer.Serialize(multi.GetStatistics()).Should().Be(
            """{"mode":"all","votes_needed":2,"votes":{"one":{"up":true,"has_vote":true,"num_failed":1,"num_questionable":1},"two":{"up":true,"has_vote":true,"num_failed":0,"num_questionable":0}}}""");
    }
}
