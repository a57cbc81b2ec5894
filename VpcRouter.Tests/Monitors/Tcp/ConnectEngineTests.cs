using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using VpcRouter.Monitors.Tcp.Linux;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Monitors.Tcp;

internal sealed class ConnectEngineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [OneTimeSetUp]
    public void SkipElsewhere()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            Assert.Ignore("Linux's own system calls are used on 64-bit Linux only.");
    }

    [Test]
    public async Task Send_AThousandListeningAddresses_AllAreAlive()
    {
        using var listener = Listen(IPAddress.Any);
        var accepting = AcceptAllAsync(listener);
        await using var engine = new ConnectEngine(PortOf(listener));
        ProbeRequest[] probes = [.. Enumerable.Range(0, 1000).Select(i => new ProbeRequest(i, (ulong)(i + 7), new IPAddress([127, 78, (byte)(i / 250), (byte)(i % 250)])))];

        engine.Send(probes);
        var completions = await ReceiveAsync(engine, probes.Length);

        completions.Should().OnlyContain(completion => completion.Outcome == ProbeOutcome.Alive && completion.Number == (ulong)completion.Host + 7);
        completions.Select(completion => completion.Host).Should().OnlyHaveUniqueItems();
        listener.Stop();
        await accepting;
    }

    [Test]
    public async Task Send_NobodyListens_IsDeadWithTheReason()
    {
        using var listener = Listen(IPAddress.Loopback);
        await using var engine = new ConnectEngine(PortOf(listener));

        engine.Send([new ProbeRequest(3, 9, IPAddress.Parse("127.78.9.9"))]);

        (await ReceiveAsync(engine, 1)).Should().Equal(new ProbeCompletion(3, 9, ProbeOutcome.Dead, null, "connection refused"));
    }

    [Test]
    public async Task Send_HostsThatLiveAndHostsThatDoNot_AreToldApartWhenSocketsAreUsedAgain()
    {
        using var listener = Listen(IPAddress.Parse("127.78.8.1"));
        var accepting = AcceptAllAsync(listener);
        await using var engine = new ConnectEngine(PortOf(listener));
        var before = OpenFiles();

        for (var round = 0; round < 50; round++)
        {
            engine.Send([.. Enumerable.Range(0, 20).Select(i => new ProbeRequest(i, (ulong)((round * 20) + i), IPAddress.Parse(i % 3 == 0 ? "127.78.8.2" : "127.78.8.1")))]);
            (await ReceiveAsync(engine, 20)).Should().OnlyContain(completion => (completion.Outcome == ProbeOutcome.Alive) == (completion.Host % 3 != 0)).And.HaveCount(20);
        }

        // Others in this process open files too, but not by the hundred.
        OpenFiles().Should().BeLessThan(before + 500);
        listener.Stop();
        await accepting;
    }

    [Test]
    public async Task Send_Connected_ResetsTheConnection()
    {
        var host = IPAddress.Parse("127.78.8.3");
        using var listener = Listen(host);
        await using var engine = new ConnectEngine(PortOf(listener));

        engine.Send([new ProbeRequest(0, 1, host)]);
        await ReceiveAsync(engine, 1);

        Connections.To(listener.LocalEndpoint).Should().BeEmpty();
    }

    [TestCase("255.255.255.255")]
    [TestCase("::ffff:0:0")]
    public async Task Send_AddressThatCannotBeConnectedTo_CompletesAllTheSame(string address)
    {
        await using var engine = new ConnectEngine(80);

        engine.Send([new ProbeRequest(0, 1, IPAddress.Parse(address))]);

        (await ReceiveAsync(engine, 1)).Should().ContainSingle().Which.Outcome.Should().NotBe(ProbeOutcome.Alive);
    }

    [Test]
    public async Task Send_MoreSilentHostsThanFiles_LeavesFilesToOthersAndCallsNobodyFailed()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var filling = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        await using var engine = new ConnectEngine(((IPEndPoint)listener.LocalEndPoint!).Port, mostPending: 10);

        engine.Send([.. Enumerable.Range(1, 30).Select(i => new ProbeRequest(0, (ulong)i, IPAddress.Loopback))]);

        (await ReceiveAsync(engine, 20)).Should().HaveCount(20)
            .And.OnlyContain(completion => completion.Outcome == ProbeOutcome.Inconclusive && completion.Reason == "this machine has too many open files");
    }

    [Test]
    public async Task Cancel_AttemptThatHangs_ClosesItAndFreesItsPlace()
    {
        // A full backlog drops further requests without a word.
        var host = IPAddress.Parse("127.78.8.4");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(host, 0));
        listener.Listen(0);
        using var filling = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        await using var engine = new ConnectEngine(((IPEndPoint)listener.LocalEndPoint!).Port);

        engine.Send([.. Enumerable.Range(1, 100).Select(i => new ProbeRequest(0, (ulong)i, host))]);
        Connections.To(listener.LocalEndPoint!).Count(state => state == TcpState.SynSent).Should().BeGreaterThan(90);
        engine.Cancel([.. Enumerable.Range(1, 100).Select(i => (ulong)i)]);

        Connections.To(listener.LocalEndPoint!).Should().NotContain(TcpState.SynSent);
        engine.Receive(new ProbeCompletion[8]).Should().Be(0);
    }

    [Test]
    public async Task Dispose_AttemptsPending_ClosesThem()
    {
        var host = IPAddress.Parse("127.78.8.5");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(host, 0));
        listener.Listen(0);
        using var filling = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        var engine = new ConnectEngine(((IPEndPoint)listener.LocalEndPoint!).Port);
        engine.Send([.. Enumerable.Range(1, 100).Select(i => new ProbeRequest(0, (ulong)i, host))]);
        Connections.To(listener.LocalEndPoint!).Count(state => state == TcpState.SynSent).Should().BeGreaterThan(90);

        await engine.DisposeAsync();

        Connections.To(listener.LocalEndPoint!).Should().NotContain(TcpState.SynSent);
    }

    [Test]
    public async Task WaitAsync_Woken_ReturnsWithoutACompletion()
    {
        await using var engine = new ConnectEngine(80);

        engine.Wake();
        await Task.Run(async () => await engine.WaitAsync(null)).WaitAsync(Limit);

        engine.Receive(new ProbeCompletion[8]).Should().Be(0);
    }

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Length;

    private static async Task<List<ProbeCompletion>> ReceiveAsync(ConnectEngine engine, int count)
    {
        var all = new List<ProbeCompletion>();
        var some = new ProbeCompletion[64];
        var wakeUp = Task.Delay(Limit, TimeProvider.System).ContinueWith(_ => engine.Wake(), TaskScheduler.Default);
        await Task.Run(async () =>
        {
            while (all.Count < count && !wakeUp.IsCompleted)
            {
                await engine.WaitAsync(TimeSpan.FromSeconds(1));
                all.AddRange(some.Take(engine.Receive(some)));
            }
        });
        return all;
    }

    private static async Task AcceptAllAsync(TcpListener listener)
    {
        try
        {
            while (true)
                (await listener.AcceptSocketAsync()).Dispose();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was stopped: while it waited, or between two calls.
        }
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start(4096);
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
