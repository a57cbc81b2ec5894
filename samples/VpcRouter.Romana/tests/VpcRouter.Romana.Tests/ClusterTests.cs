using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.Tests;

/// <summary>The watcher with a real etcd of three members.</summary>
internal sealed class ClusterTests
{
    private const string First = "10.112.0.0/16", Second = "10.113.0.0/16", Third = "10.114.0.0/16";

    [Test]
    public async Task Watch_LeaderKilled_LosesNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync(3);
        await etcd.PutAsync(Topologies.With(First));
        var leader = await etcd.FindLeaderAsync();
        await using var watcher = RunningWatcher.Start(AddressesFrom(etcd, leader), timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);

        await leader.KillAsync();
        await PutOnceThereIsALeaderAsync(etcd, Second);

        await watcher.SpecWithAsync(Second);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Watch_FollowerKilled_LosesNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync(3);
        await etcd.PutAsync(Topologies.With(First));
        var leader = await etcd.FindLeaderAsync();
        var follower = etcd.Nodes.First(node => node != leader);
        await using var watcher = RunningWatcher.Start(AddressesFrom(etcd, follower));
        await watcher.SpecWithAsync(First);

        await follower.KillAsync();
        await etcd.PutAsync(Topologies.With(Second));

        await watcher.SpecWithAsync(Second);
    }

    [Test]
    public async Task Watch_MemberFrozen_IsLeftForTheNext()
    {
        await using var etcd = await EtcdCluster.StartAsync(3);
        await etcd.PutAsync(Topologies.With(First));
        var leader = await etcd.FindLeaderAsync();
        var follower = etcd.Nodes.First(node => node != leader);
        await using var watcher = RunningWatcher.Start(AddressesFrom(etcd, follower), timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);

        follower.Freeze();
        await Limits.UntilAsync(() => etcd.TryPutAsync(leader, Topologies.With(Second)), "etcd takes a value");

        await watcher.SpecWithAsync(Second);
    }

    [Test]
    public async Task Watch_MemberWithoutItsCluster_IsNotBelieved()
    {
        await using var etcd = await EtcdCluster.StartAsync(3);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start($"127.0.0.1:{etcd.Nodes[0].ClientPort}", timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);
        await watcher.NoProblemAsync();

        etcd.Nodes[1].Freeze();
        etcd.Nodes[2].Freeze();
        await watcher.ProblemAsync("etcd can't be watched");
        Assert.That(watcher.HasSpecs, Is.False);
        etcd.Nodes[1].Thaw();
        etcd.Nodes[2].Thaw();
        await PutOnceThereIsALeaderAsync(etcd, Second);

        await watcher.SpecWithAsync(Second);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Watch_EveryMemberRestartedInTurn_LosesNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync(3);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses, timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);

        foreach (var node in etcd.Nodes)
        {
            await node.KillAsync();
            await PutOnceThereIsALeaderAsync(etcd, Second);
            await watcher.SpecWithAsync(Second);
            await etcd.RestartAsync(node);
            await PutOnceThereIsALeaderAsync(etcd, Third);
            await watcher.SpecWithAsync(Third);
        }
    }

    private static string AddressesFrom(EtcdCluster etcd, EtcdNode first) =>
        string.Join(',', etcd.Nodes.OrderByDescending(node => node == first).Select(node => $"127.0.0.1:{node.ClientPort}"));

    private static async Task PutOnceThereIsALeaderAsync(EtcdCluster etcd, string cidr)
    {
        var leader = await etcd.FindLeaderAsync();
        await Limits.UntilAsync(() => etcd.TryPutAsync(leader, Topologies.With(cidr)), "etcd takes a value");
    }
}
