using System.Threading.Channels;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers.Http;

namespace VpcRouter.Tests.Watchers;

public class HttpWatcherTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Constructor_NoEndpoints_SaysWhatToRegister()
    {
        var making = () => new HttpWatcher(TimeProvider.System);

        making.Should().Throw<PluginException>().WithMessage("*AddVpcRouterEndpoints()*");
    }

    [Test]
    public async Task WatchAsync_Restarted_GetsTheSpecAgain()
    {
        var inbox = NewInbox();
        await using (var first = new RunningWatcher(new HttpWatcher(TimeProvider.System, inbox)))
        {
            Post(inbox, "10.1.0.0/16");
            (await first.NextAsync()).Should().Be("10.1.0.0/16");
        }

        Post(inbox, "10.2.0.0/16");
        await using var second = new RunningWatcher(new HttpWatcher(TimeProvider.System, inbox));

        (await second.NextAsync()).Should().Be("10.2.0.0/16");
    }

    [Test]
    public async Task Constructor_PostedBeforeItRuns_IsDeliveredWhenItDoes()
    {
        var inbox = NewInbox();
        var watcher = new HttpWatcher(TimeProvider.System, inbox);
        inbox.IsOpen.Should().BeTrue();
        Post(inbox, "10.1.0.0/16");

        await using var running = new RunningWatcher(watcher);

        (await running.NextAsync()).Should().Be("10.1.0.0/16");
    }

    [Test]
    public void Attach_OldOneDetachesLate_KeepsTheNew()
    {
        var inbox = NewInbox();
        var specs = Channel.CreateUnbounded<RouteSpec>();
        var old = inbox.Attach(specs.Writer);
        using var current = inbox.Attach(specs.Writer);
        old.Dispose();

        Post(inbox, "10.1.0.0/16");

        specs.Reader.TryRead(out _).Should().BeTrue();
    }

    private RouteSpecInbox NewInbox() => new(new SpecStore(new StateFolder(_folder["state"]), new RouteSpecReader()), new RecordingLogger<RouteSpecInbox>());

    private static void Post(RouteSpecInbox inbox, string destination) =>
        inbox.TryReplace(AcceptedRouteSpec.Of(default, new RouteSpec([new RouteEntry(RouteDestination.Parse(destination), [])])), _ => true);
}
