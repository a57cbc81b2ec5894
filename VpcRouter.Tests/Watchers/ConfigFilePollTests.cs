using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers.ConfigFile;

namespace VpcRouter.Tests.Watchers;

/// <summary>The watcher where the file system has no events: fake time drives the poll, so every look is the test's.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConfigFilePollTests : IDisposable
{
    private readonly WaitingTimeProvider _time = new();
    private readonly RecordingLogger<ConfigFileWatcher> _logger = new();
    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void WriteFile() => _folder.Write("spec.json", Spec(1));

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task WatchAsync_Unchanged_EmitsNothing()
    {
        await using var running = await StartAsync();

        (await _time.PassNextWaitAsync()).Should().Be(ConfigFileWatcher.PollInterval);
        await _time.AwaitNextWaitAsync();

        running.HasSpec.Should().BeFalse();
    }

    [Test]
    public async Task WatchAsync_ChangedInPlaceWithLengthAndTimeKept_EmitsAtNextPoll()
    {
        await using var running = await StartAsync();
        var written = File.GetLastWriteTimeUtc(_folder["spec.json"]);

        _folder.Write("spec.json", Spec(2));
        File.SetLastWriteTimeUtc(_folder["spec.json"], written);
        await _time.PassNextWaitAsync();

        (await running.NextAsync()).Should().Be("10.2.0.0/16");
    }

    [Test]
    public async Task WatchAsync_LargeFileReplaced_EmitsAtNextPoll()
    {
        await using var running = await StartAsync();

        _folder.Replace("spec.json", Spec(2) + new string(' ', 100_000));
        await _time.PassNextWaitAsync();
        (await running.NextAsync()).Should().Be("10.2.0.0/16");

        _folder.Replace("spec.json", Spec(3) + new string(' ', 100_001));
        await _time.PassNextWaitAsync();
        (await running.NextAsync()).Should().Be("10.3.0.0/16");
    }

    [Test]
    public async Task WatchAsync_SameSpecInOtherWords_EmitsNothing()
    {
        await using var running = await StartAsync();

        _folder.Write("spec.json", Spec(1) + "\n\n");
        await _time.PassNextWaitAsync();
        await _time.AwaitNextWaitAsync();

        running.HasSpec.Should().BeFalse();
    }

    [Test]
    public async Task WatchAsync_Broken_LogsEveryErrorOnceAfterItSettled()
    {
        await using var running = await StartAsync();

        _folder.Write("spec.json", """{"x": [1], "10.0.0.0/8": 2}""");
        await _time.PassNextWaitAsync();
        await _time.AwaitNextWaitAsync();
        _logger.Lines.Should().NotContain(line => line.Contains("is no route spec"));
        (await _time.PassNextWaitAsync()).Should().Be(ConfigFileWatcher.SettlingTime);
        (await _time.PassNextWaitAsync()).Should().Be(ConfigFileWatcher.PollInterval);
        await _time.AwaitNextWaitAsync();

        _logger.Lines.Where(line => !line.StartsWith("Read ", StringComparison.Ordinal)).Should().SatisfyRespectively(
            summary => summary.Should().Contain("is no route spec (3 errors); the last good route spec stays in force"),
            error => error.Should().Contain("$['x']: \"x\" is not a destination"),
            error => error.Should().Contain("$['x'][0]: 1 is not a host"),
            error => error.Should().Contain("$['10.0.0.0/8']: is a number"));
        running.HasSpec.Should().BeFalse();
    }

    [Test]
    public async Task WatchAsync_BrokenThenRestored_SaysSoAndEmitsNothing()
    {
        await using var running = await StartAsync();
        _folder.Write("spec.json", "{");
        await _time.PassNextWaitAsync();
        await _time.PassNextWaitAsync();
        await _logger.NextContainingAsync("is no route spec");

        _folder.Write("spec.json", Spec(1));
        await _time.PassNextWaitAsync();

        await _logger.NextContainingAsync("is in order again");
        running.HasSpec.Should().BeFalse();
    }

    [Test]
    public async Task WatchAsync_EmptySpecThenRestored_TellsTheRouterBoth()
    {
        await using var running = await StartAsync();
        _folder.Write("spec.json", "{}");
        await _time.PassNextWaitAsync();
        await _time.PassNextWaitAsync();
        (await running.NextAsync()).Should().BeEmpty();

        _folder.Write("spec.json", Spec(1));
        await _time.PassNextWaitAsync();

        (await running.NextAsync()).Should().Be("10.1.0.0/16");
    }

    [Test]
    public async Task WatchAsync_BrokenAtStart_WaitsForAGoodOne()
    {
        _folder.Write("spec.json", "{");
        await using var running = Start();
        await _time.PassNextWaitAsync();
        (await _logger.NextContainingAsync("is no route spec")).Should().Contain("no route spec until it is mended");

        _folder.Write("spec.json", Spec(2));
        await _time.PassNextWaitAsync();

        (await running.NextAsync()).Should().Be("10.2.0.0/16");
    }

    [Test]
    public async Task WatchAsync_TooLarge_RefusesIt()
    {
        await using var running = await StartAsync();

        _folder.Write("spec.json", new string(' ', RouteSpecReader.MaximumBytes + 4096));
        await _time.PassNextWaitAsync();
        await _time.PassNextWaitAsync();

        (await _logger.NextContainingAsync("at most")).Should().Contain("16777216 are accepted");
    }

    [Test]
    public async Task GetStatistics_SpecEmitted_GivesItsTime()
    {
        await using var watcher = Make();
        await using var running = new RunningWatcher(watcher);
        await running.NextAsync();

        watcher.GetStatistics().Should().ContainKey("last_route_spec_update").WhoseValue.Should().Be(_time.GetUtcNow());
    }

    private static string Spec(int number) => $$"""{"10.{{number}}.0.0/16": ["10.33.20.93"]}""";

    private async Task<RunningWatcher> StartAsync()
    {
        var running = Start();
        await running.NextAsync();
        return running;
    }

    private RunningWatcher Start() => new(Make());

    private ConfigFileWatcher Make() =>
        new(new ConfigFileSettings { File = _folder["spec.json"] }, new RouteSpecReader(), _time, _logger) { UsesEvents = false };
}
