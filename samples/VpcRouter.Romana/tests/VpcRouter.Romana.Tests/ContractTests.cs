using VpcRouter.Plugins;
using VpcRouter.Romana.Tests.Support;
using VpcRouter.Testing;

namespace VpcRouter.Romana.Tests;

/// <summary>What hosts rely on in a watcher, checked by VpcRouter's own kit.</summary>
internal sealed class ContractTests
{
    [Test]
    public async Task Watcher_WithEtcd_KeepsItsContract()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With("10.112.0.0/16", "10.113.0.0/16"));
        var plugin = PluginHarness.For(PluginKind.Watcher, "VpcRouter.Romana", typeof(RomanaWatcher).Assembly).With("etcd-addr", etcd.Addresses);

        await WatcherContract.CheckAsync(plugin, new WatcherContractOptions
        {
            BadSettings = [("etcd-addr", "http://localhost"), ("etcd-port", "0"), ("etcd-key", ""), ("etcd-use-v2", "true")],
        });
    }

    [Test]
    public async Task Watcher_WithoutEtcd_StopsWhenTold()
    {
        var plugin = PluginHarness.For(PluginKind.Watcher, "VpcRouter.Romana", typeof(RomanaWatcher).Assembly).With("etcd-addr", $"127.0.0.1:{FreePorts.Take(1)[0]}");
        await using var run = plugin.StartWatcher();
        await Limits.UntilAsync(() => run.Instance.Problem?.Contains("can't be watched", StringComparison.Ordinal) == true, "the watcher says that there is no etcd");

        await run.StopAsync();
    }
}
