using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Hosting.Journaling;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RouteJournalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TestVpc.Start);
    private readonly TemporaryFolder _folder = new();
    private readonly RouterEvents _events = new();

    [Test]
    public void Open_FolderMissing_SaysSoInOneLine()
    {
        using var journal = Journal(_folder["no/journal"]);

        journal.Invoking(it => it.Open()).Should().Throw<SettingsException>().WithMessage("--journal \"*no/journal\" can't be written: *");
    }

    [Test]
    public async Task Run_EventsUntilTheEnd_AreAllInTheFile()
    {
        using var journal = Journal(_folder["journal"]);
        journal.Open();
        var running = journal.RunAsync();

        for (var i = 0; i < 1000; i++)
            Publish();
        await journal.EndAsync(running);

        KindsIn(File.ReadAllText(_folder["journal"])).CountBy(kind => kind).Should().BeEquivalentTo(
            [KeyValuePair.Create("started", 1), KeyValuePair.Create("spec", 1000), KeyValuePair.Create("stopped", 1)]);
    }

    [Test]
    public async Task Run_DiskFullForAWhile_WritesWhatWasKeptAndHoldsNobodyUp()
    {
        using var disk = new SmallDisk(capacity: 200);
        using var journal = Journal("anywhere", disk.Open);
        journal.Open();
        var running = journal.RunAsync();
        for (var i = 0; i < 10; i++)
            Publish();

        disk.Capacity = 100_000;
        await Eventually.BeTrueAsync(() => Regex.Count(disk.Content, "\"kind\":\"spec\"") == 10, _time, TimeSpan.FromSeconds(1));
        await journal.EndAsync(running);

        (journal.Lost, KindsIn(disk.Content).Count(kind => kind == "spec")).Should().Be((0, 10));
    }

    [Test]
    public async Task Run_DiskFullTooLong_SaysHowManyAreLost()
    {
        using var disk = new SmallDisk(capacity: 150);
        using var journal = Journal("anywhere", disk.Open);
        journal.Open();
        var running = journal.RunAsync();
        for (var i = 0; i < 60_000; i++)
            Publish();
        await Eventually.BeTrueAsync(() => journal.Lost > 0);

        disk.Capacity = int.MaxValue;
        await Eventually.BeTrueAsync(() => disk.Content.Contains("\"kind\":\"lost\""), _time, TimeSpan.FromSeconds(1));
        await journal.EndAsync(running);

        LinesIn(disk.Content).Sum(LostIn).Should().Be(journal.Lost);
    }

    [Test]
    public async Task End_DiskFull_EndsAllTheSame()
    {
        using var disk = new SmallDisk(capacity: 10);
        using var journal = Journal("anywhere", disk.Open);
        journal.Open();
        var running = journal.RunAsync();
        Publish();

        await journal.EndAsync(running);

        (running.IsCompletedSuccessfully, journal.Lost > 0).Should().Be((true, true));
    }

    [Test]
    public async Task Router_WithAJournal_WritesDecisionAndWrite()
    {
        await using (var host = new RouterHost(TestVpc.WithHosts(1).WithTable("rtb-1"), options => options.Journal = _folder["journal"]))
            await host.SettleAsync(TestSpec.Of("10.1.0.0/16", 1));

        KindsIn(File.ReadAllText(_folder["journal"])).Should().Equal("started", "guard", "spec", "verdict", "guard", "decision", "write", "stopped");
    }

    public void Dispose() => _folder.Dispose();

    private static string[] LinesIn(string content) => content.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> KindsIn(string content) => [.. LinesIn(content).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!)];

    private static long LostIn(string line) => JsonDocument.Parse(line).RootElement is var json && json.TryGetProperty("events", out var count) ? count.GetInt64() : 0;

    private void Publish() => _events.Publish(new SpecEvent(_time.GetUtcNow(), TestSpec.Of("10.1.0.0/16", 1)));

    private RouteJournal Journal(string path, Func<string, Stream>? open = null)
    {
        var options = Options.Create(new VpcRouterOptions { Journal = path });
        return new RouteJournal(options, new RouterState(_time, options), _events, _time, NullLogger<RouteJournal>.Instance, open);
    }
}
