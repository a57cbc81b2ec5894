using VpcRouter.RouteSpecs;
using VpcRouter.Testing;

namespace Acme.Watch.Tests;

public sealed class UrlWatcherTests
{
    private const string One = """{ "10.1.0.0/16": ["10.0.0.1", "10.0.0.2"] }""";
    private const string Other = """{ "10.2.0.0/16": ["10.0.0.1"] }""";

    [Test]
    public async Task Document_Changes_IsDeliveredAgain()
    {
        await using var server = new SpecServer(One);
        await using var run = Watcher(server).StartWatcher();
        Assert.That(await DestinationAsync(run), Is.EqualTo("10.1.0.0/16"));

        server.Document = Other;

        Assert.That(await DestinationAsync(run), Is.EqualTo("10.2.0.0/16"));
    }

    [Test]
    public async Task Document_IsWrong_LastGoodOneStays()
    {
        await using var server = new SpecServer(One);
        await using var run = Watcher(server).StartWatcher();
        await run.NextSpecAsync();

        server.Document = "{";

        await run.Log.ContainingAsync("is no route spec");
        Assert.That(run.WaitingSpecs, Is.Zero);
    }

    [Test]
    public async Task Contract_IsKept()
    {
        await using var server = new SpecServer(One);

        await WatcherContract.CheckAsync(Watcher(server), new WatcherContractOptions
        {
            BadSettings = [("acme-watch-url", "spec.json"), ("acme-watch-interval", "0"), ("acme-watch-interval", "soon")],
        });
    }

    private static PluginHarness Watcher(SpecServer server) =>
        PluginHarness.For<UrlWatcher>().With("acme-watch-url", server.Url).With("acme-watch-interval", "0.1");

    private static async Task<string> DestinationAsync(WatcherRun run)
    {
        RouteSpec spec = await run.NextSpecAsync();
        return spec.Entries.Single().Destination.ToString();
    }
}
