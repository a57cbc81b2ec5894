using Etcdserverpb;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using VpcRouter.Romana.Etcd;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.Tests;

/// <summary>The watcher with a real etcd of one member.</summary>
internal sealed class SingleEtcdTests
{
    private const string Key = "/romana/ipam/data";
    private const string First = "10.112.0.0/16", Second = "10.113.0.0/16", Third = "10.114.0.0/16";

    [Test]
    public async Task Watch_KeyThatIsThere_IsReadAtOnceAndFollowed()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);

        await watcher.SpecWithAsync(First);
        await etcd.PutAsync(Topologies.With(First, Second));
        await watcher.SpecWithAsync(Second);
        await watcher.NoProblemAsync();
        Assert.That(watcher.Watcher.GetStatistics(), Does.ContainKey("routes").WithValue(2).And.ContainKey("hosts").WithValue(2).And.ContainKey("connected_to").WithValue(etcd.Addresses));
    }

    [Test]
    public async Task Watch_NoKeyYet_SaysSoAndWaits()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await using var watcher = RunningWatcher.Start(etcd.Addresses);

        await watcher.ProblemAsync("etcd has no key /romana/ipam/data; no route is touched until then");
        await etcd.PutAsync(Topologies.With(First));
        await watcher.SpecWithAsync(First);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Watch_OtherKey_IsTheOneWatched()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        var settings = RunningWatcher.SettingsFor(etcd.Addresses);
        settings.EtcdKey = "/elsewhere";
        await using var watcher = RunningWatcher.Start(settings);
        await watcher.ProblemAsync("no key /elsewhere");

        await etcd.PutAsync(Topologies.With(First));
        await etcd.PutAsync(Topologies.With(Second), key: "/elsewhere");

        var spec = await watcher.SpecAsync(_ => true, "anything");
        Assert.That(spec.Entries.Single().Destination.ToString(), Is.EqualTo(Second));
    }

    [Test]
    public async Task Watch_BrokenTopology_KeepsTheLastGoodOneAndListsEveryError()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);

        await etcd.PutAsync(Topologies.With("10.1.0.0/99", "10.2.0.0"));
        await watcher.ProblemAsync("is broken: $.networks['vpc'].host_groups.groups[0].cidr");
        Assert.That(watcher.HasSpecs, Is.False);
        Assert.That(watcher.Watcher.Problem, Does.Contain("(and 1 more)").And.EndWith("the last good topology stays in force"));
        Assert.That(watcher.Log.Count(line => line.Level == LogLevel.Error), Is.EqualTo(3));
        await etcd.PutAsync("no JSON");
        await watcher.ProblemAsync("can't be read as JSON");

        await etcd.PutAsync(Topologies.With(Second));
        await watcher.SpecWithAsync(Second);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Watch_DeletedKey_KeepsTheLastGoodTopology()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);

        await etcd.CtlAsync("del", "/romana/ipam/data");
        await watcher.ProblemAsync("etcd has no key /romana/ipam/data; the last good topology stays in force");
        Assert.That(watcher.HasSpecs, Is.False);

        await etcd.PutAsync(Topologies.With(First));
        await watcher.NoProblemAsync();
        Assert.That(watcher.HasSpecs, Is.False);
    }

    [Test]
    public async Task Watch_TopologyWithoutNetworks_IsPassedOnForTheRouterToJudge()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);

        await etcd.PutAsync("""{"networks":{}}""");

        await watcher.SpecAsync(spec => spec.IsEmpty, "no routes");
    }

    [Test]
    public async Task Watch_AllocationsOnly_SendsNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);

        await etcd.PutAsync(Topologies.With(First).Replace("\"topology_revision\":1", "\"topology_revision\":1,\"allocation_revision\":7", StringComparison.Ordinal));
        await etcd.PutAsync(Topologies.With(Second));

        var next = await watcher.SpecAsync(_ => true, "anything");
        Assert.That(next.Entries.Single().Destination.ToString(), Is.EqualTo(Second));
    }

    [Test]
    public async Task Watch_TopologyOfSixMegabytes_ComesThrough()
    {
        await using var etcd = await EtcdCluster.StartAsync(1, null, "--max-request-bytes", "16000000");
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.ProblemAsync("no key");
        using var connection = await ConnectAsync(etcd);
        var groups = Enumerable.Range(0, 60_000).Select(i => $$"""{"cidr":"10.{{i >> 8}}.{{i & 255}}.0/24","name":"{{new string('x', 40)}}","hosts":[{"ip":"10.0.0.1"}]}""");
        var topology = """{"networks":{"net":{"host_groups":{"groups":[""" + string.Join(',', groups) + "]}}}}";
        Assert.That(topology, Has.Length.GreaterThan(6_000_000));

        // etcdctl itself refuses to send that much.
        await connection.Keys.PutAsync(new PutRequest { Key = ByteString.CopyFromUtf8(Key), Value = ByteString.CopyFromUtf8(topology) });

        await watcher.SpecAsync(spec => spec.Entries.Length == 60_000, "60,000 routes");
    }

    [Test]
    public async Task Watch_EtcdRestarted_LosesNothing()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);

        await etcd.Nodes[0].KillAsync();
        await watcher.ProblemAsync("Connection refused");
        Assert.That(watcher.HasSpecs, Is.False);
        await etcd.RestartAsync(etcd.Nodes[0]);
        await etcd.PutAsync(Topologies.With(Second));

        await watcher.SpecWithAsync(Second);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Watch_EtcdNotThereYet_IsWaitedFor()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        await etcd.Nodes[0].KillAsync();
        await using var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.ProblemAsync("no route is touched until then");

        await etcd.RestartAsync(etcd.Nodes[0]);

        await watcher.SpecWithAsync(First);
    }

    [Test]
    public async Task Watch_ConnectionFallsSilent_IsFoundAndMadeAnew()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await using var proxy = new SilentProxy(etcd.Nodes[0].ClientPort);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start($"127.0.0.1:{proxy.Port}", timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);
        await watcher.NoProblemAsync();

        // The old connection never says another word; what is connected anew goes through.
        proxy.Silence();
        proxy.Heal();
        await etcd.PutAsync(Topologies.With(Second));

        await watcher.SpecWithAsync(Second);
        Assert.That(watcher.Log.Select(line => line.Text), Has.Some.Contains("no answer within 2 s"));
    }

    [Test]
    public async Task Watch_CutOffWhileEtcdCompacts_GetsTheNewestTopology()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await using var proxy = new SilentProxy(etcd.Nodes[0].ClientPort);
        await etcd.PutAsync(Topologies.With(First));
        await using var watcher = RunningWatcher.Start($"127.0.0.1:{proxy.Port}", timeoutSeconds: 2);
        await watcher.SpecWithAsync(First);
        await watcher.NoProblemAsync();

        proxy.Silence();
        await watcher.ProblemAsync("no answer within 2 s");
        await etcd.PutAsync(Topologies.With(Second));
        await etcd.PutAsync(Topologies.With(Third));
        await etcd.CtlAsync("compact", "3");
        proxy.Heal();

        await watcher.SpecWithAsync(Third);
        await watcher.NoProblemAsync();
    }

    [Test]
    public async Task Follow_FromARevisionThatIsCompacted_EndsAsRoutine()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        foreach (var topology in (string[])[First, Second, Third])
            await etcd.PutAsync(topology);
        await etcd.CtlAsync("compact", "4");
        using var connection = await ConnectAsync(etcd);
        var follower = FollowerOver(connection);

        var error = await Assert.ThrowsAsync<EtcdException>(() => follower.FollowAsync(2, () => { }, _ => { }, default).WaitAsync(Limits.Generous));

        Assert.That(error!.Message, Is.EqualTo("etcd has compacted the changes up to revision 4"));
        Assert.That(error.IsRoutine);
    }

    [Test]
    public async Task Follow_ChangesBetweenReadAndWatch_AreNotLost()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync("one");
        using var connection = await ConnectAsync(etcd);
        var follower = FollowerOver(connection);
        var read = await follower.ReadAsync(default);
        await etcd.PutAsync("two");
        using var stopping = new CancellationTokenSource();
        KeyState? changed = null;

        await Assert.CatchAsync<OperationCanceledException>(() => follower.FollowAsync(
            read.Revision + 1,
            () => { },
            state =>
            {
                changed = state;
                stopping.Cancel();
            },
            stopping.Token).WaitAsync(Limits.Generous));

        Assert.That(changed!.Value!.Value.ToArray(), Is.EqualTo("two"u8.ToArray()));
    }

    [Test]
    public async Task Follow_WatchThatKeepsChangesToItself_IsFound()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync("one");
        using var connection = await ConnectAsync(etcd);
        var follower = FollowerOver(connection);
        var read = await follower.ReadAsync(default);

        // A watch of what is far ahead tells nothing of what comes before.
        var following = follower.FollowAsync(read.Revision + 1000, () => { }, _ => { }, default);
        await etcd.PutAsync("two");

        var error = await Assert.ThrowsAsync<EtcdException>(() => following.WaitAsync(Limits.Generous));
        Assert.That(error!.Message, Does.StartWith($"the watch hasn't told of revision {read.Revision + 1}"));
    }

    [Test]
    public async Task Follow_WatchThatKeepsChangesToItself_IsFoundAlsoWhileTheKeyChangesAllTheTime()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        using var connection = await ConnectAsync(etcd);
        var follower = FollowerOver(connection);
        var read = await follower.ReadAsync(default);

        var following = follower.FollowAsync(read.Revision + 1_000_000, () => { }, _ => { }, default);
        using var limit = new CancellationTokenSource(Limits.Generous, TimeProvider.System);
        for (var i = 0; !following.IsCompleted && !limit.IsCancellationRequested; i++)
        {
            await connection.Keys.PutAsync(new PutRequest { Key = ByteString.CopyFromUtf8(Key), Value = ByteString.CopyFromUtf8($"{i}") });
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Assert.That(following.IsCompleted, "the watch is left");
        var error = await Assert.ThrowsAsync<EtcdException>(() => following);
        Assert.That(error!.Message, Does.StartWith("the watch hasn't told of revision "));
    }

    [Test]
    public async Task Watch_MembersThatKeepSilentForLong_AreAProblem()
    {
        await using SilentProxy one = new(1), other = new(1);
        one.Silence();
        other.Silence();
        var settings = RunningWatcher.SettingsFor($"127.0.0.1:{one.Port},127.0.0.1:{other.Port}", timeoutSeconds: 0.1);
        // As if the time-out were a minute or more.
        await using var watcher = RunningWatcher.Start(settings, new HastyTime());

        await watcher.ProblemAsync("etcd can't be watched");
    }

    [Test]
    public async Task Watch_Stopped_EndsAtOnceEvenWhenEtcdIsSilent()
    {
        await using var etcd = await EtcdCluster.StartAsync();
        await etcd.PutAsync(Topologies.With(First));
        var watcher = RunningWatcher.Start(etcd.Addresses);
        await watcher.SpecWithAsync(First);
        etcd.Nodes[0].Freeze();

        await watcher.DisposeAsync();

        Assert.That(watcher.HasEnded);
    }

    private static Task<EtcdConnection> ConnectAsync(EtcdCluster etcd)
    {
        var settings = RunningWatcher.SettingsFor(etcd.Addresses);
        return EtcdConnection.OpenAsync(settings.Endpoints[0], settings, TimeProvider.System, default);
    }

    private static KeyFollower FollowerOver(EtcdConnection connection) => new(connection, Key, TimeSpan.FromSeconds(0.5), TimeProvider.System);
}
