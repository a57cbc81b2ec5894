using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.AspNetCore;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.Contracts;

internal sealed class BuiltInWatcherContractTests
{
    private const string Spec = """{ "10.1.0.0/16": ["10.0.0.1", "10.0.0.2"], "10.2.0.0/16": ["10.0.0.2"] }""";

    [Test]
    public async Task ConfigFile_KeepsTheContract()
    {
        using var folder = new TemporaryFolder();

        await WatcherContract.CheckAsync(Watcher("configfile").With("file", folder.Write("spec.json", Spec)));
    }

    [Test]
    public async Task FixedConf_KeepsTheContract() =>
        await WatcherContract.CheckAsync(
            Watcher("fixedconf").With("fixed_cidr", "10.1.0.0/16").With("fixed_hosts", "10.0.0.1:10.0.0.2"),
            new WatcherContractOptions { BadSettings = [("fixed-cidr", "10.1.0.0"), ("fixed-hosts", "10.0.0.1:x"), ("fixed-hosts", "")] });

    [Test]
    public async Task Http_KeepsTheContract() =>
        await WatcherContract.CheckAsync(Watcher("http").WithServices(services => services.AddSingleton(PostedInbox).AddVpcRouterEndpoints()));

    private static RouteSpecInbox PostedInbox(IServiceProvider services)
    {
        var inbox = ActivatorUtilities.CreateInstance<RouteSpecInbox>(services);
        var document = Encoding.UTF8.GetBytes(Spec);
        inbox.TryReplace(AcceptedRouteSpec.Of(document, new RouteSpecReader().Read(document).Spec!), _ => true);
        return inbox;
    }

    private static PluginHarness Watcher(string name) => PluginHarness.For(PluginKind.Watcher, name, BuiltInWatchers.Assembly);
}
