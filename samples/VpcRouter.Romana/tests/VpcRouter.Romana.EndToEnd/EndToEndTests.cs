using System.Globalization;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.EndToEnd;

/// <summary>Romana's topology in a real etcd becomes routes of a simulated VPC, by the installed tool and the installed plugin.</summary>
internal sealed class EndToEndTests
{
    private const string First = "10.112.0.0/16", Second = "10.113.0.0/16", Third = "10.114.0.0/16";
    private static readonly TimeSpan TimeAway = TimeSpan.FromSeconds(10);
    private Installation _installation = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        Programs.Require("etcd", "etcdctl");
        _installation = await Installation.MakeAsync();
    }

    [OneTimeTearDown]
    public void Uninstall() => _installation?.Dispose();

    [Test]
    public async Task Topology_Put_IsInTheVpc()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await using var vpc = await RoutedVpc.StartAsync(_installation, "-m", "VpcRouter.Romana", "--etcd-addr", "127.0.0.1", "--etcd-port", PortOf(etcd));
        await etcd.PutAsync(Topologies.With(First));
        await vpc.RoutesBecomeAsync(First);

        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            await etcd.PutAsync(Topologies.With(First, i % 2 == 0 ? Second : Third));
            await vpc.RoutesBecomeAsync(First, i % 2 == 0 ? Second : Third);
            times.Add(TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        times.Sort();
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"etcdctl started -> routes in the VPC, {times.Count} times: median {times[times.Count / 2]:F0} ms, longest {times[^1]:F0} ms"));
        await Limits.UntilAsync(async () => (await vpc.StatusAsync("plugins")).Contains($"\"connected_to\": \"{etcd.Addresses}\"", StringComparison.Ordinal), "/plugins shows the member connected to");
        Assert.That(await vpc.StopAsync(), Is.Zero);
    }

    [Test]
    public async Task Etcd_KilledForTenSeconds_LosesNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await using var vpc = await RoutedVpc.StartAsync(_installation, "-m", "vpcrouter_romana_plugin.romana", "--etcd_addr", "127.0.0.1", "--etcd_port", PortOf(etcd));
        await etcd.PutAsync(Topologies.With(First, Second));
        await vpc.RoutesBecomeAsync(First, Second);

        await etcd.Nodes[0].KillAsync();
        var away = Task.Delay(TimeAway, TimeProvider.System);
        await Limits.UntilAsync(async () => (await vpc.StatusAsync("readyz")).Contains("etcd can't be watched", StringComparison.Ordinal), "/readyz says that etcd is away");
        await Limits.UntilAsync(
            async () =>
            {
                Assert.That(await vpc.RoutesAsync(), Is.EquivalentTo(new[] { First, Second }));
                return away.IsCompleted;
            },
            "etcd has been away long enough");
        await etcd.RestartAsync(etcd.Nodes[0]);
        var startedAt = TimeProvider.System.GetTimestamp();
        await etcd.PutAsync(Topologies.With(First, Third));
        await vpc.RoutesBecomeAsync(First, Third);

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"first topology after 10 s without etcd -> routes in the VPC: {TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms"));
        await Limits.UntilAsync(async () => (await vpc.StatusAsync("readyz")).StartsWith("{\"ready\":true", StringComparison.Ordinal), "/readyz is green again");
    }

    [Test]
    public async Task Leader_OfThreeKilled_LosesNothing()
    {
        using var certificates = new TestCertificates();
        await using var etcd = await EtcdCluster.StartAsync(3, certificates);
        var leader = await etcd.FindLeaderAsync();
        var leaderFirst = string.Join(',', etcd.Nodes.OrderByDescending(node => node == leader).Select(node => $"127.0.0.1:{node.ClientPort}"));
        await using var vpc = await RoutedVpc.StartAsync(
            _installation, "-m", "VpcRouter.Romana", "--etcd-addr", leaderFirst, "--etcd-ca-cert", certificates.Authority, "--etcd-cert-chain", certificates.ClientChain, "--etcd-priv-key", certificates.ClientKey);
        await etcd.PutAsync(Topologies.With(First, Second));
        await vpc.RoutesBecomeAsync(First, Second);

        await leader.KillAsync();
        var startedAt = TimeProvider.System.GetTimestamp();
        var next = await etcd.FindLeaderAsync();
        await Limits.UntilAsync(() => etcd.TryPutAsync(next, Topologies.With(First, Third)), "etcd takes a topology");
        Assert.That(await vpc.RoutesAsync(), Does.Contain(First));
        await vpc.RoutesBecomeAsync(First, Third);

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"leader killed -> new leader, new topology in the VPC: {TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds:F0} ms"));
    }

    private static string PortOf(EtcdCluster etcd) => etcd.Nodes[0].ClientPort.ToString(CultureInfo.InvariantCulture);
}
